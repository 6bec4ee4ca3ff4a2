"""`python -m newsmon` is `newsmon`."""

from newsmon.cli import main

if __name__ == "__main__":
    main()

"""The process of one job. A module of its own: what it answers with must not be of `__main__`."""

from newsmon.cluster.jobs import main

if __name__ == "__main__":
    main()

"""Commands side by side, a JSON list of lists: `_together.py '[["a"], ["b"]]'`. The worst of their exit codes."""

import json
import subprocess
import sys

if __name__ == "__main__":
    started = [subprocess.Popen(command) for command in json.loads(sys.argv[1])]
    sys.exit(max(process.wait() for process in started))

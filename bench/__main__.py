"""Everything that is measured, one bench after the other: `make bench`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

BENCHES = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("_"))


def main() -> int:
    """Each bench in a process of its own: what one imports does not weigh on the next."""
    codes = []
    for name in BENCHES:
        print(f"== bench.{name}", flush=True)
        codes.append(subprocess.run([sys.executable, "-m", f"bench.{name}"]).returncode)
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())

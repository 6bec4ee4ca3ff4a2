"""`make faults`: every check of the table, then the table with what came of each row; exit 1 when one does not pass."""

from __future__ import annotations

import sys

import pytest

from tests.faults.table import Table, elsewhere


def main() -> int:
    table = Table()
    files = sorted({test.partition("::")[0] for test in elsewhere()})
    pytest.main(["tests/faults", *files, "-p", "no:randomly", *sys.argv[1:]], plugins=[table])
    print("\n".join(table.lines()))
    return 0 if table.fine else 1


if __name__ == "__main__":
    sys.exit(main())

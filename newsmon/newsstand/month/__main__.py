"""Plays the month and says whether the views tell what happened in it.

    python -m newsmon.newsstand.month --days 30 --kills 50 --database postgresql://…

Without --database it is a new SQLite file. --kills: so many times the process is killed (SIGKILL) at a random moment
and begun anew at the hour that it had not finished. Exit 1 when a view says otherwise.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from newsmon.newsstand.month.rehearsal import Rehearsal


def main() -> int:
    parser = argparse.ArgumentParser(prog="newsmon.newsstand.month", description=__doc__.partition("\n")[0])
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--per-day", type=int, default=6, help="articles of each outlet")
    parser.add_argument("--database", help="default: a new SQLite file in a temporary folder")
    parser.add_argument("--folder", type=Path, help="for the database and the topic; default: a temporary one")
    parser.add_argument("--play", help=argparse.SUPPRESS)  # the child: PORTS:FIRST HOUR:ATTEMPT
    given = parser.parse_args()
    rehearsal = Rehearsal(days=given.days, per_day=given.per_day, seed=given.seed, database=given.database)
    if given.play:
        rehearsal.play(given.play)
        return 0
    with rehearsal.prepared(given.folder):
        rehearsal.run(kills=given.kills, say=lambda line: print(line, flush=True))
        wrong = list(rehearsal.differences())
    for line in wrong[:40]:
        print(line)
    print(f"{rehearsal.summary}: {'all views say what happened' if not wrong else f'{len(wrong)} differences'}")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())

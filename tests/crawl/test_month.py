"""Three days of the scripted month, with a run that is killed on the way; `python -m newsmon.newsstand.month` plays all."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsmon.newsstand.month.rehearsal import Rehearsal


@pytest.mark.timeout(900)
def test_every_view_says_what_happened_after_kills(database_url: str, tmp_path: Path) -> None:
    rehearsal = Rehearsal(days=3, per_day=2, seed=1128, database=database_url)
    with rehearsal.prepared(tmp_path):
        rehearsal.run(kills=2)
        assert list(rehearsal.differences()) == []
    assert rehearsal.killed == 2
    happened = {piece.action for piece in rehearsal.pieces if len(piece.states) > 1 or piece.events}
    assert len(happened) >= 3, "a script in which nothing happens proves nothing"

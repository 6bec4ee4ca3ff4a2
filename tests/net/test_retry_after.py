"""Until when a site asks to be left alone."""

from datetime import UTC, datetime, timedelta

import pytest

from newsmon.net.retry_after import not_before

NOW = datetime(2022, 1, 17, 9, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "pause"),
    [
        ("120", timedelta(minutes=2)),
        (" 0 ", timedelta(0)),
        ("Mon, 17 Jan 2022 10:16:00 GMT", timedelta(hours=1)),
        ("31536000", timedelta(hours=24)),
        ("Tue, 17 Jan 2023 10:16:00 GMT", timedelta(hours=24)),
        ("Mon, 17 Jan 2022 08:00:00 GMT", timedelta(minutes=15)),
        ("bientôt", timedelta(minutes=15)),
        ("99999999999999", timedelta(minutes=15)),
        ("-5", timedelta(minutes=15)),
        ("", timedelta(minutes=15)),
        (None, timedelta(minutes=15)),
    ],
)
def test_the_pause_is_what_was_asked_within_bounds(header: str | None, pause: timedelta) -> None:
    assert not_before(header, now=NOW) == NOW + pause

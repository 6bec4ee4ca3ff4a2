"""What is counted after a run: alerts and bursts as rows."""

from __future__ import annotations

from datetime import date, timedelta

from newsmon.alerts.watching import Raised, count_bursts, raise_alerts
from newsmon.reports.named import find_report
from newsmon.reports.run import run_report
from tests.alerts.spike import NOW, TODAY, fortnight
from tests.reports.newsroom import on_topic
from tests.store.conftest import Store
from tests.store.making import made


def test_a_day_that_stands_out_is_a_row_once(store: Store) -> None:
    store.save(*fortnight(9), now=NOW)
    assert store.do(raise_alerts, now=NOW) == [Raised("budgets", TODAY, 9, 0.9)]
    assert store.do(raise_alerts, now=NOW + timedelta(hours=1)) == []
    (row,) = store.rows("SELECT topic, day, n, version, mail, webhook FROM v_alert")
    assert (row[0], str(row[1]), *row[2:]) == ("budgets", str(TODAY), 9, 1, None, None)
    assert len(run_report(store.engine, find_report("alerts"), topic="budgets").rows) == 1


def test_a_quiet_day_an_undated_heap_and_an_old_archive_raise_nothing(store: Store) -> None:
    store.save(*fortnight(1), now=NOW)
    unknown = {"day_basis": "clock", "published_at": None, "published_precision": None, "published_source": None}
    store.save(*(on_topic(90_000 + k, TODAY, **unknown) for k in range(20)), now=NOW)
    assert store.do(raise_alerts, now=NOW) == []
    assert store.do(raise_alerts, now=NOW + timedelta(days=700)) == []


def test_bursts_are_rows_of_each_outlet_and_of_all(store: Store) -> None:
    first = date(2022, 1, 1)
    articles = []
    for k in range(90):
        day = first + timedelta(days=k)
        articles += [made(1000 * k + i, day=day, headline=f"Autre chose {i}", deck=None) for i in range(6)]
        articles += [on_topic(1000 * k + 100 + i, day) for i in range(5 if 40 <= k < 45 else k % 10 == 0)]
    store.save(*articles)
    store.do(count_bursts)
    store.do(count_bursts)
    rows = store.rows("SELECT topic, outlet, first_day, last_day, n, outlet_n FROM v_burst ORDER BY outlet")
    expected = ("2022-02-10", "2022-02-14", 25, 55)
    assert {(r[1], str(r[2]), str(r[3]), *r[4:]) for r in rows} == {(None, *expected), ("essai", *expected)}
    (everyone, outlet) = run_report(store.engine, find_report("bursts"), topic="budgets").rows
    assert (everyone[1], outlet[1], everyone[6]) == (None, "essai", 45.5)

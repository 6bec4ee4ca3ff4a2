"""newsmon feed: a document that a strict reader of RFC 4287 takes, whatever headlines hold."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import feedparser
from lxml import etree

from newsmon.alerts.watching import raise_alerts
from newsmon.reports.feed import ATOM, topic_feed
from newsmon.store.engine import snapshot
from tests.alerts.spike import NOW, fortnight
from tests.reports.conftest import Command
from tests.reports.newsroom import on_topic
from tests.store.conftest import Store

A = f"{{{ATOM}}}"
ONCE = {"feed": ("id", "title", "updated"), "entry": ("id", "title", "updated")}
MOST_ONCE = {
    "feed": ("generator", "icon", "logo", "rights", "subtitle"),
    "entry": ("content", "published", "rights", "source", "summary"),
}
ALLOWED = {
    "feed": {"author", "category", "contributor", "link", "entry", *ONCE["feed"], *MOST_ONCE["feed"]},
    "entry": {"author", "category", "contributor", "link", *ONCE["entry"], *MOST_ONCE["entry"]},
    "author": {"name", "uri", "email"},
}
STAMP_RE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")


def check_rfc4287(document: bytes) -> etree._Element:
    """Raises: AssertionError for what section 4 of RFC 4287 forbids."""
    feed = etree.fromstring(document)
    assert feed.tag == f"{A}feed"
    for element in feed.iter(f"{A}*"):
        name = etree.QName(element).localname
        children = [etree.QName(child).localname for child in element]
        assert set(children) <= ALLOWED.get(name, set()), (name, children)
        for child in ONCE.get(name, ()):
            assert children.count(child) == 1, (name, child)
        for child in MOST_ONCE.get(name, ()):
            assert children.count(child) <= 1, (name, child)
        if name in ("updated", "published"):
            assert STAMP_RE.fullmatch(element.text or ""), element.text
            datetime.fromisoformat(str(element.text))
        if name == "id":
            assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", element.text or "")
        if name == "author":
            assert children.count("name") == 1 and element.findtext(f"{A}name")
        if name == "category":
            assert element.get("term")
        if name == "link":
            assert re.fullmatch(r"https?://[!-~]+", element.get("href", ""))
            assert element.get("rel") in ("self", "alternate")
    for entry in feed.iter(f"{A}entry"):
        alternates = [link for link in entry.iter(f"{A}link") if link.get("rel") == "alternate"]
        assert entry.find(f"{A}content") is not None or alternates, "4.1.2: an entry without content links to it"
        assert entry.find(f"{A}author") is not None or feed.find(f"{A}author") is not None
        pairs = [(link.get("type"), link.get("hreflang")) for link in alternates]
        assert len(pairs) == len(set(pairs))
    ids = [entry.findtext(f"{A}id") for entry in feed.iter(f"{A}entry")]
    assert len(ids) == len(set(ids))
    return feed


def test_the_feed_of_a_topic(store: Store, newsmon: Command) -> None:
    nasty = 'Budget <b>& "cinq" % d’écart ]]> \u202e'
    store.save(
        on_topic(1, date(2022, 3, 3)),
        on_topic(2, date(2022, 3, 4), headline=nasty, url="https://essai.example/é à?q=l’été&x=[1]#là"),
        on_topic(3, date(2022, 3, 5), published_at=None, day_basis="clock", published_precision=None),
    )
    done = newsmon("feed", "budgets", "--address", "https://redaction.example/budgets.atom")
    assert done.code == 0, done.err
    feed = check_rfc4287(done.out)
    titles = [entry.findtext(f"{A}title") for entry in feed.iter(f"{A}entry")]
    assert titles == ["Budget, acte 3", 'Budget <b>& "cinq" % d’écart ]]> ', "Budget, acte 1"]
    assert [entry.find(f"{A}published") is None for entry in feed.iter(f"{A}entry")] == [True, False, False]
    parsed = feedparser.parse(done.out)
    assert not parsed.bozo and parsed.version == "atom10" and parsed.feed.title == "Budgets"
    assert parsed.entries[2].link == "https://essai.example/1" and "texte" in parsed.entries[2].summary
    assert parsed.feed.links[0].rel == "self"


def test_an_alert_is_an_entry(store: Store) -> None:
    store.save(*fortnight(9), now=NOW)
    store.do(raise_alerts, now=NOW)
    with snapshot(store.engine) as conn:
        document = topic_feed(conn, "budgets", "fr", limit=5, now=NOW)
    feed = check_rfc4287(document)
    (alert,) = [e for e in feed.iter(f"{A}entry") if (e.findtext(f"{A}title") or "").startswith("Alerte")]
    assert alert.findtext(f"{A}title") == "Alerte\u00a0: 9\u00a0articles sur Budgets le 1er\u00a0mars\u00a02022"
    assert len(list(feed.iter(f"{A}entry"))) == 6


def test_an_empty_topic_has_a_feed_and_an_unknown_one_is_said(store: Store, newsmon: Command) -> None:
    feed = check_rfc4287(newsmon("feed", "budgets").out)
    assert feed.find(f"{A}entry") is None
    assert datetime.fromisoformat(str(feed.findtext(f"{A}updated"))) > NOW + timedelta(days=1)
    done = newsmon("feed", "budget")
    assert done.code == 2 and "there is budgets" in done.err

"""The digest counts as the reports count, and is a mail that a mail program reads."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from lxml import html
from markdown_it import MarkdownIt

from newsmon.reports.digest import as_html, as_mail, as_markdown, make_digest
from newsmon.reports.named import Language
from newsmon.reports.page.gather import Asked
from tests.reports.conftest import Command
from tests.reports.newsroom import NOW, fill, on_topic
from tests.reports.payloads import ELEMENTS, FORMULAS
from tests.store.conftest import Store

WEEK = Asked(since=date(2022, 4, 1), until=date(2022, 4, 30))


@pytest.fixture
def newsroom(store: Store) -> Store:
    fill(store)
    return store


def _digest(store: Store, asked: Asked = WEEK, language: Language = "fr") -> Any:
    return make_digest(store.engine, asked, language, now=NOW)


def test_a_topic_is_counted_against_the_period_before(newsroom: Store) -> None:
    (topic,) = _digest(newsroom).topics
    sql = "SELECT count(*) FROM v_match WHERE topic = 'budgets' AND day >= :since AND day <= :until"
    assert [(topic.n,)] == newsroom.rows(sql, since="2022-04-01", until="2022-04-30")
    assert [(topic.n_before,)] == newsroom.rows(sql, since="2022-03-02", until="2022-03-31")
    assert "autant que dans la période d’avant" in topic.told
    assert [one.day.value for one in topic.articles] == ["2022-04-19", "2022-04-10", "2022-04-01", "2022-04-01"]


def test_what_is_most_about_the_topic_comes_first(store: Store) -> None:
    store.save(on_topic(1, date(2022, 4, 2)), on_topic(2, date(2022, 4, 9), level="secondary"))
    (topic,) = _digest(store).topics
    assert [one.level for one in topic.articles] == ["primary", "secondary"]
    assert topic.n_before == 0 and "aucun dans la période d’avant" in topic.told


def test_quiet_outlets_and_undated_articles_are_said(newsroom: Store) -> None:
    week = Asked(since=date(2022, 6, 1), until=date(2022, 6, 7))
    digest = _digest(newsroom, week)
    assert set(digest.quiet) == {"L’Essai", "Le Phare de l’Anse"}, "followed, had articles before, has none now"
    assert "Rien de ces médias dans la période\u00a0: " in as_markdown(digest) and "L’Essai" in as_html(digest)
    assert "100,0\u00a0% sans date de parution connue" in digest.undated
    assert _digest(newsroom, replace(week, dated_only=True)).topics == ()


def test_without_days_it_is_the_week_before_today(store: Store) -> None:
    digest = _digest(store, Asked())
    assert (digest.asked.since, digest.asked.until) == (date(2022, 12, 24), date(2022, 12, 30))
    assert "Aucun sujet" in as_markdown(digest) and "Aucun sujet" in as_html(digest)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_markdown_and_html_say_the_same(newsroom: Store, language: Language) -> None:
    digest = _digest(newsroom, language=language)
    page = html.document_fromstring(as_html(digest))
    rendered = html.document_fromstring(MarkdownIt().render(as_markdown(digest)))
    for tag in ("h1", "h2"):
        assert page.findtext(f".//{tag}") == rendered.findtext(f".//{tag}")
    assert page.xpath("//li//a/@href") == rendered.xpath("//li//a/@href")
    assert page.xpath('//span[@class="sentence"]//mark/text()') == rendered.xpath("//li//strong/text()")
    assert page.get("lang") == language


def test_a_mail_has_both_forms_and_plain_headers(newsroom: Store) -> None:
    data = as_mail(_digest(newsroom), sender="newsmon@exemple.ca", to="redaction@exemple.ca")
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert message["To"] == "redaction@exemple.ca" and message["Subject"].startswith("newsmon – Du 1er\u00a0avril")
    assert message["Date"].datetime == NOW
    parts = {part.get_content_type(): part.get_content() for part in message.iter_parts()}
    assert parts["text/plain"].startswith("# Du 1er") and "<h1>Du 1er" in parts["text/html"]
    assert all(len(line) <= 998 for line in data.splitlines())


def test_a_stranger_s_words_are_words_in_every_form(store: Store) -> None:
    payloads = (*ELEMENTS, *FORMULAS)
    days = [date(2022, 4, 1) + timedelta(days=i // 5) for i in range(len(payloads))]
    store.save(
        *(
            on_topic(i, day, headline=payload, body=f"Le budget {payload} est voté.")
            for i, (day, payload) in enumerate(zip(days, payloads, strict=True))
        )
    )
    allowed = set("html head meta link title style body header p span h1 main section h2 ul li bdi a mark time".split())
    for day in sorted(set(days)):
        digest = _digest(store, Asked(since=day, until=day))
        assert len(digest.topics[0].articles) == days.count(day)
        assert {element.tag for element in html.document_fromstring(as_html(digest)).iter()} == allowed
        tokens = MarkdownIt().parse(as_markdown(digest))
        children = {child.type for token in tokens for child in token.children or ()}
        assert children <= {"text", "softbreak", "link_open", "link_close", "strong_open", "strong_close"}


def test_the_command_prints_each_form(newsroom: Store, newsmon: Command) -> None:
    days = ("--since", "2022-04-01", "--until", "2022-04-30")
    assert newsmon("digest", *days).out.decode().startswith("# Du 1er")
    assert newsmon("digest", *days, "--lang", "en", "--format", "html").out.startswith(b"<!doctype html>")
    mail = newsmon("digest", *days, "--format", "mail", "--to", "redaction@exemple.ca")
    assert re.match(rb"From: redaction@exemple.ca\r?\nTo: redaction@exemple.ca\r?\n", mail.out)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--format", "mail"), "--format mail and --to ADDRESS go together"),
        (("--to", "a@b.example"), "go together"),
        (("--since", "2022-04-02", "--until", "2022-04-01"), "--since 2022-04-02 is after --until 2022-04-01"),
        (("--format", "mail", "--to", "a@b.example\nBcc: c@d.example"), "write an address as name@host"),
    ],
)
def test_a_digest_that_cannot_be_made_says_why(
    newsroom: Store, newsmon: Command, arguments: tuple[str, ...], said: str
) -> None:
    done = newsmon("digest", *arguments)
    assert done.code == 2 and said in done.err and b"Bcc" not in done.out

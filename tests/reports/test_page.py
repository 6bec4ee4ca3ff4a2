"""The page says what the database says, in both languages, and nothing that a stranger wrote is more than text."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from sqlalchemy import text

from newsmon.items import TopicMatch
from newsmon.reports.named import Language, find_report
from newsmon.reports.output import plain
from newsmon.reports.page.gather import Asked
from newsmon.reports.page.tables import safe_url
from newsmon.reports.page.write import one_page, write_folder
from newsmon.reports.run import Answer, run_report
from newsmon.reports.wording import Wording, texts
from newsmon.store import stories
from newsmon.store.topics import followed_topics, show, sync_topics
from tests.reports.conftest import Command
from tests.reports.newsroom import NAMES, NOW, UNDATED, add_outlet, fill, on_topic
from tests.reports.payloads import ADDRESSES, ELEMENTS, FORMULAS
from tests.store.conftest import Store
from tests.store.making import made
from tests.store.test_stories import FIRE, FIRE_TOLD_ANEW


@pytest.fixture
def newsroom(store: Store) -> Store:
    fill(store)
    return store


def _page(store: Store, language: Language = "fr", **asked: Any) -> Any:
    return html.document_fromstring(one_page(store.engine, Asked(**{"topic": "budgets", **asked}), language, now=NOW))


def _values(page: Any, table: str) -> list[list[str]]:
    """What the cells of a table sort by: the database's own values."""
    rows = page.xpath(f'//table[@id="t-{table}"]/tbody/tr')
    return [[cell.get("data-value") for cell in row.xpath("./td | ./th")] for row in rows]


def _texts(page: Any, table: str) -> list[list[str]]:
    rows = page.xpath(f'//table[@id="t-{table}"]/tbody/tr')
    return [[" ".join(cell.text_content().split()) for cell in row.xpath("./td | ./th")] for row in rows]


def _figures(page: Any) -> dict[str, str]:
    return {dd.get("data-figure"): dd.get("data-value") for dd in page.xpath("//dd")}


def _said(answer: Answer) -> list[list[str]]:
    def value(v: Any) -> str:
        return (
            ""
            if v is None
            else f"{v:.6g}"
            if isinstance(v, float)
            else v.isoformat()
            if isinstance(v, date)
            else str(v)
        )

    return [[value(v) for v in row] for row in answer.rows]


@pytest.mark.parametrize("asked", [{}, {"since": date(2022, 2, 1), "until": date(2022, 3, 31)}, {"dated_only": True}])
@pytest.mark.parametrize("name", ["share-of-voice", "first-of-day", "persistence", "topic-origin", "topic-dates"])
def test_the_tables_of_a_topic_are_the_rows_of_the_reports(newsroom: Store, name: str, asked: dict[str, Any]) -> None:
    report = find_report(name)
    options = {k: v for k, v in asked.items() if k != "dated_only" or "undated" in report.parameters}
    answer = run_report(newsroom.engine, report, topic="budgets", **options)
    assert _values(_page(newsroom, **asked), name) == _said(answer)
    assert answer.rows or (name, "since" in asked) == ("first-of-day", True)


def test_the_figures_at_the_top_are_counted_by_sql(newsroom: Store) -> None:
    ((n, primary, outlets, undated),) = newsroom.rows(
        "SELECT count(*), sum(CASE WHEN level = 'primary' THEN 1 ELSE 0 END), count(DISTINCT outlet),"
        " sum(CASE WHEN day_basis <> 'published' THEN 1 ELSE 0 END) FROM v_match WHERE topic = 'budgets'"
    )
    page = _page(newsroom)
    assert _figures(page) == {
        "n": str(n), "n_primary": str(primary), "outlets": str(outlets), "undated": f"{100 * undated / n:.1f}",
    }  # fmt: skip
    (standfirst,) = page.find_class("standfirst")
    assert f"{n}\u00a0articles" in standfirst.text_content() and "3\u00a0médias" in standfirst.text_content()


def test_dated_only_leaves_out_what_is_undated_and_says_what_share_that_is(newsroom: Store) -> None:
    page = _page(newsroom, dated_only=True)
    assert _figures(page) == {"n": "19", "n_primary": "13", "outlets": "3", "undated": "13.6"}
    assert not page.xpath('//table[@id="t-undated"]')
    assert "laissés de côté" in page.get_element_by_id("covers").text_content()


def test_the_picture_draws_the_dated_articles_of_each_outlet(newsroom: Store) -> None:
    page = _page(newsroom)
    rows = {
        row.find_class("who")[0].text_content(): row.find_class("total")[0].get("data-value")
        for row in page.xpath('//div[@class="row whole" or @class="row"]')
    }
    sql = "SELECT outlet, count(*) FROM v_match WHERE topic = 'budgets' AND day_basis = 'published' GROUP BY outlet"
    counted = {NAMES[slug]: str(n) for slug, n in newsroom.rows(sql)}
    assert rows == {"Ensemble": "19", **counted}
    for row in page.xpath('//div[@class="row whole" or @class="row"]'):
        drawn = [int(title.text.split(":")[1].split()[0]) for title in row.xpath(".//title")]
        assert sum(drawn) == int(row.find_class("total")[0].get("data-value"))
        heights = [float(rect.get("height")[:-1]) for rect in row.xpath('.//rect[@class="second"]')]
        assert len(heights) == len(drawn) and all(0 < height <= 100 for height in heights)
        assert row.xpath(".//svg[@role='img']/@aria-label")[0].startswith(row.find_class("who")[0].text_content())


def test_the_numbers_of_the_picture_stand_below_it(newsroom: Store) -> None:
    table = _values(_page(newsroom), "chiffres")
    assert sum(int(row[1]) for row in table) == 19
    assert all(int(row[1]) == sum(map(int, row[2:])) for row in table)


def test_the_latest_articles_come_with_the_sentence_that_matched(newsroom: Store) -> None:
    page = _page(newsroom)
    first = page.xpath('//table[@id="t-latest"]/tbody/tr')[0]
    assert first.xpath(".//time/@datetime") == ["2022-04-19"]
    (sentence,) = first.find_class("sentence")
    assert sentence.text_content() == "Le budget de M. Roy a été adopté à l’unanimité, malgré la hausse de 2,4 %. "
    assert sentence.xpath(".//mark/text()") == ["budget"]
    assert first.xpath('.//span[@class="headline"]//mark/text()') == ["Budget"]
    assert first.xpath(".//a/@href") == ["https://essai.example/11"]
    days = [row[0] for row in _values(page, "latest")]
    assert days == sorted(days, reverse=True) and len(days) == 19
    assert [row[0] for row in _texts(page, "undated")] == ["au plus tard le 1 juin 2022"] * 3


def test_a_headline_that_changed_is_shown_before_and_after(newsroom: Store) -> None:
    (row,) = _page(newsroom).xpath('//table[@id="t-headline-changes"]/tbody/tr')
    (before,), (after,) = row.find_class("before"), row.find_class("headline")
    assert before.text_content().split(":")[1].strip() == "Budget, acte 11" and not before.xpath(".//del")
    assert after.text_content().split(":")[1].strip() == "Budget adopté, acte 11"
    assert "".join(after.xpath(".//ins/text()")) == " adopté"
    assert row.xpath(".//time/@datetime") == ["2022-04-19T20:15:00+00:00"]


def test_both_languages_have_the_same_figures(newsroom: Store) -> None:
    french, english = _page(newsroom), _page(newsroom, "en")
    assert (french.get("lang"), english.get("lang")) == ("fr", "en")
    for table in ("share-of-voice", "topic-origin", "topic-dates", "latest", "undated", "chiffres"):
        assert _values(french, table) == _values(english, table)
    assert "Attention over time" in english.text_content() and "Attention over time" not in french.text_content()


def test_both_languages_have_every_text() -> None:
    said = texts()
    assert set(said["fr"]) == set(said["en"])
    for key in said["fr"]:
        names = [set(re.findall(r"{(\w+)}", said[language][key])) for language in ("fr", "en")]
        assert names[0] == names[1], key
        assert said["fr"][key].count("|") == said["en"][key].count("|")
    assert all(set(words) == {"fr", "en"} for codes in said["values"].values() for words in codes.values())


def test_numbers_and_days_are_written_as_each_language_writes_them() -> None:
    french, english = Wording("fr"), Wording("en")
    assert (french.number(12345.6, 1), english.number(12345.6, 1)) == ("12\u202f345,6", "12,345.6")
    assert (french.day(date(2022, 3, 1)), english.day(date(2022, 3, 1))) == (
        "1er\u00a0mars\u00a02022",
        "1\u00a0March\u00a02022",
    )
    assert (french.counted("articles", 0), english.counted("articles", 0)) == ("0\u00a0article", "0\u00a0articles")
    assert [french.delay(m) for m in (5, 65, 3000)] == ["5\u00a0min", "1\u00a0h\u00a005", "2\u00a0j\u00a02\u00a0h"]


def test_topics_that_share_articles_are_named_on_the_page(newsroom: Store) -> None:
    assert not _page(newsroom).xpath('//table[@id="t-cooccurrence"]'), "there is no other topic yet"
    newsroom.versions |= newsroom.do(sync_topics, [("impots", "Impôts", None, "d-2", 'slug = "impots"')], now=NOW)
    newsroom.do(show, newsroom.do(followed_topics), now=NOW)
    taxes = TopicMatch(topic="impots", level="secondary", score=2, spans=())
    both = on_topic(90, date(2022, 3, 3))
    newsroom.save(replace(both, matches=(*both.matches, taxes)), made(91, matches=[taxes]))
    answer = run_report(newsroom.engine, find_report("cooccurrence"), topic="budgets")
    assert answer.rows == [("impots", "Impôts", 1, 0, 0, 4.3)]
    assert _texts(_page(newsroom), "cooccurrence") == [["Impôts", "1", "0", "0", "4,3"]]


def test_a_topic_without_articles_has_a_page_that_says_so(store: Store) -> None:
    page = _page(store)
    assert "Aucun article de la période" in page.text_content()
    assert _figures(page)["n"] == "0"


def test_a_topic_whose_articles_are_all_undated_has_no_picture(store: Store) -> None:
    store.save(on_topic(1, date(2022, 6, 1), day_basis="clock", **UNDATED))
    page = _page(store)
    assert "Rien à dessiner" in page.text_content() and "aucun ne porte de date" in page.text_content()


def test_the_page_of_all_topics_counts_as_sql_does(newsroom: Store) -> None:
    page = _page(newsroom, topic=None)
    ((n, outlets),) = newsroom.rows("SELECT count(*), count(DISTINCT outlet) FROM v_article")
    assert (_figures(page)["n"], _figures(page)["outlets"]) == (str(n), str(outlets))
    (line,) = _values(page, "topics")
    assert line == ["budgets", "22", "16", "3", "2022-04-19", "19"]
    for name in ("output", "outlet-health", "date-quality"):
        assert _values(page, name) == _said(run_report(newsroom.engine, find_report(name)))


def test_a_folder_has_a_page_of_each_topic_and_the_links_between(newsroom: Store, tmp_path: Path) -> None:
    written = write_folder(newsroom.engine, Asked(), "fr", tmp_path, now=NOW)
    assert {path.name for path in written} == {"index.html", "sujet-budgets.html"}
    index = html.parse(str(tmp_path / "index.html"))
    assert index.xpath('//table[@id="t-topics"]//a/@href') == ["sujet-budgets.html"]
    assert "index.html" in html.parse(str(tmp_path / "sujet-budgets.html")).xpath("//a/@href")


def test_pages_made_together_agree_whatever_a_crawl_writes_meanwhile(newsroom: Store, tmp_path: Path) -> None:
    def crawl(done: int, all_: int) -> None:
        newsroom.save(on_topic(200 + done, date(2022, 4, 2)))

    write_folder(newsroom.engine, Asked(), "fr", tmp_path, now=NOW, progress=crawl)
    index, topic = (html.parse(str(tmp_path / name)).getroot() for name in ("index.html", "sujet-budgets.html"))
    assert (_values(index, "topics")[0][1], _figures(topic)["n"]) == ("22", "22")
    assert _figures(_page(newsroom))["n"] == "24"


def test_long_texts_are_cut_and_the_page_stays_small(store: Store) -> None:
    day = date(2022, 5, 1)
    for i in range(45):
        long = f"Budget {i} " + "très long " * 1500
        store.save(
            on_topic(i, day, headline=long, body=f"Le budget {long}", url=f"https://essai.example/{i}/{'a' * 9000}")
        )
        later = NOW + timedelta(hours=i)
        store.save(on_topic(i, day, headline=long + "fin", body=f"Le budget {long}", fetched_at=later, url=f"https://essai.example/{i}/{'a' * 9000}"), now=later)  # fmt: skip
    source = one_page(store.engine, Asked(topic="budgets"), "fr", now=NOW)
    assert len(source) < 200_000
    assert html.document_fromstring(source).xpath('//table[@id="t-latest"]//a') == []


def test_the_page_asks_nothing_of_anyone(newsroom: Store) -> None:
    source = one_page(newsroom.engine, Asked(topic="budgets"), "fr", now=NOW)
    page = html.document_fromstring(source)
    (policy,) = page.xpath('//meta[@http-equiv="Content-Security-Policy"]/@content')
    for element in ("style", "script"):
        (inside,) = page.xpath(f"//{element}/text()")
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{element}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy
    assert page.xpath("//@src | //@style | //@srcset | //@action | //*/@*[starts-with(name(), 'on')]") == []
    assert page.xpath("//link/@href") == ["data:,"]
    assert not re.search(r"url\(|@import|https?://", page.xpath("string(//style)"))
    assert len(source) < 2**20
    for link in page.xpath('//a[starts-with(@href, "http")]'):
        assert link.get("rel") == "noopener noreferrer nofollow"


def test_every_table_and_section_is_named_for_who_hears_the_page(newsroom: Store) -> None:
    page = _page(newsroom)
    for table in page.xpath("//table"):
        assert table.findtext("caption")
        assert all(th.get("scope") == "col" for th in table.xpath("./thead//th"))
    for section in page.xpath("//section | //nav"):
        assert page.get_element_by_id(section.get("aria-labelledby")).text_content().strip()
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert [h.tag for h in page.xpath("//h1")] == ["h1"]
    for link in page.xpath('//a[starts-with(@href, "#")]/@href'):
        page.get_element_by_id(link[1:])


def _shape(page: Any) -> list[tuple[str, ...]]:
    return [(str(e.tag), *sorted(e.keys())) for e in page.iter()]


HOSTILE = (*ELEMENTS, *FORMULAS)


@pytest.mark.parametrize("part", range(3))
def test_a_stranger_s_headline_and_text_make_no_element(store: Store, part: int) -> None:
    payloads = [payload for payload in HOSTILE[part * 40 : part * 40 + 40] if plain(payload).strip()]
    day = date(2022, 5, 1)
    for number, heads in ((0, [f"x{i}" for i in range(len(payloads))]), (1000, payloads)):
        articles = [
            on_topic(
                number + i,
                day.replace(year=2022 + bool(number)),
                headline=f"{head} budget",
                body=f"Le budget {head} a passé.",
            )
            for i, head in enumerate(heads)
        ]
        store.save(*articles)
    harmless = _page(store, until=date(2022, 12, 31))
    hostile = _page(store, since=date(2023, 1, 1))
    assert _shape(hostile) == _shape(harmless)
    shown = " ".join(hostile.text_content().split())
    for (headline,) in store.rows("SELECT headline FROM v_match WHERE day > '2023-01-01'"):
        assert " ".join(plain(headline).split()) in shown


@pytest.mark.parametrize("part", range(3))
def test_a_stranger_s_outlet_and_topic_make_no_element(store: Store, part: int) -> None:
    payloads = HOSTILE[part * 40 : part * 40 + 40]
    for i, payload in enumerate(payloads):
        add_outlet(store, f"o_{i}", payload)
        store.save(on_topic(i, date(2022, 5, 1), outlet=f"o_{i}"))
    pages = [_page(store), _page(store, topic=None)]
    with store.engine.begin() as conn:
        conn.execute(text("UPDATE outlet SET name = slug"))
    assert [_shape(page) for page in pages] == [_shape(_page(store)), _shape(_page(store, topic=None))]
    with store.engine.begin() as conn:
        conn.execute(text("UPDATE topic SET name = :x"), {"x": "".join(payloads)})
        conn.execute(
            text("UPDATE topic_version SET source = :x"), {"x": "".join(p.replace("\0", "") for p in payloads)}
        )
    assert [_shape(page) for page in pages] == [_shape(_page(store)), _shape(_page(store, topic=None))]


def test_only_http_addresses_become_links(store: Store) -> None:
    store.save(*(on_topic(i, date(2022, 5, 1), url=url) for i, url in enumerate(ADDRESSES)))
    with store.engine.begin() as conn:
        for (article_id,), url in zip(
            store.rows("SELECT article_id FROM v_article ORDER BY 1"), ADDRESSES, strict=False
        ):
            conn.execute(text("UPDATE article SET canonical_url = :u WHERE id = :i"), {"u": url, "i": article_id})
    page = _page(store)
    for href in page.xpath("//a/@href"):
        assert href.startswith(("#", "https://essai.example/")), href
    assert not page.xpath("//*/@*[starts-with(name(), 'on')] | //img | //main//script")


@pytest.mark.parametrize("url", ADDRESSES)
def test_an_address_that_is_none_is_refused(url: str) -> None:
    assert safe_url(url) in (None, url)
    assert safe_url(url) is None or url.startswith("https://essai.example/")


def test_the_command_writes_a_file_or_a_folder(newsroom: Store, newsmon: Command, tmp_path: Path) -> None:
    path = tmp_path / "rapport.html"
    done = newsmon("report", "page", "--topic", "budgets", "-o", str(path))
    assert (done.code, done.out.decode().strip()) == (0, str(path))
    assert html.parse(str(path)).findtext(".//h1") == "Budgets"
    done = newsmon("report", "page", "--lang", "en", "-o", str(tmp_path / "site"))
    assert done.out.decode().strip() == f"{tmp_path / 'site' / 'index.html'} and 1 page of topics beside it"
    assert html.parse(str(tmp_path / "site" / "index.html")).findtext(".//h1") == "All topics"
    assert newsmon("report", "page", "-o", "-").out.startswith(b"<!doctype html>")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--topic", "budget"), "there is budgets"),
        (("--topic", "budgets", "-o", "."), "with --topic name a file"),
        (("-o", "/proc/none/x.html"), "cannot be written"),
        (("--since", "hier"), "write a day as"),
    ],
)
def test_a_page_that_cannot_be_made_says_why(
    newsroom: Store, newsmon: Command, arguments: tuple[str, ...], said: str
) -> None:
    done = newsmon("report", "page", *arguments)
    assert done.code == 2 and said in done.err


def test_the_page_tells_who_was_first_on_a_story_as_the_report_does(store: Store) -> None:
    add_outlet(store, "phare", "Le Phare")
    fire, anew = f"{FIRE} Le budget suivra.", f"{FIRE_TOLD_ANEW} Le budget suivra."
    at = datetime(2022, 5, 2, 15, 0, tzinfo=UTC)
    store.save(
        on_topic(1, at.date(), body=fire, published_at=at, published_precision="minute"),
        on_topic(2, at.date(), outlet="phare", body=anew, published_at=at + timedelta(hours=2)),
    )
    stories.refresh(store.engine)
    answer = run_report(store.engine, find_report("first"), topic="budgets")
    assert [row[:3] for row in answer.rows] == [("essai", 1, 1), ("phare", 1, 0)]
    assert _values(_page(store), "first") == _said(answer)

"""Faulty pages, and workers that meet what no parser should: in an article, or refused by name; the next goes on."""

from __future__ import annotations

import asyncio
import codecs
import os
import signal
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsmon.errors import PageError
from newsmon.items import Article, Page
from newsmon.page.article import read_page
from newsmon.page.workers import Workers
from newsmon.running import Run

AT = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
TITLE = "L’hôtel de ville de Forêt-sur-Mer rénové à Noël"
TEXT = "Le conseil de Forêt-sur-Mer a voté à l’unanimité la rénovation de l’hôtel de ville, où l’eau s’infiltre depuis l’été. "


def _page(body: bytes, content_type: str = "text/html") -> Page:
    url = "https://exemple.ca/nouvelles/2026/un-titre-4711/"
    return Page(
        outlet="essai", url=url, final_url=url, body=body, fetched_at=AT, headers={"content-type": content_type}
    )


def _html(text: str = TEXT * 12, *, title: str = TITLE, head: str = "") -> str:
    return f"<!doctype html><html lang='fr'><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1><p>{text}</p></article></body></html>"


def _read(body: bytes, content_type: str = "text/html") -> Article:
    return read_page(_page(body, content_type))


@pytest.mark.fault(54, 55, 58)
@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (_html().encode("cp1252"), "text/html; charset=utf-8"),
        (_html().encode("cp1252"), "text/html"),
        (_html().encode(), "text/html"),
        (_html().encode(), "text/html; charset=klingon"),
        (codecs.BOM_UTF8 + _html().encode(), "text/html; charset=iso-8859-1"),
        (_html().encode("utf-16"), "text/html; charset=utf-8"),
        (_html().encode(), "text/html; charset=utf-7"),
    ],
)
def test_letters_are_right_whatever_the_page_says_of_them(body: bytes, content_type: str) -> None:
    article = _read(body, content_type)
    assert article.headline == TITLE
    assert "l’unanimité" in article.body


@pytest.mark.fault(56)
def test_one_odd_byte_costs_no_other_letter() -> None:
    article = _read(_html(TEXT * 12 + "Fin.").encode().replace(b"Fin", b"Fin\xe9"))
    assert "l’unanimité" in article.body and article.headline == TITLE


@pytest.mark.fault(57)
def test_letters_garbled_at_their_source_are_kept_as_served() -> None:
    garbled = TEXT.encode().decode("cp1252", "replace")
    assert "unanimitÃ©" in _read(_html(garbled * 12).encode()).body


@pytest.mark.fault(59)
def test_what_no_engine_takes_is_gone_before_the_store() -> None:
    jsonld = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"A\\ud800\\u0000B","articleSection":"\\udfffx"}</script>'
    article = _read(_html(TEXT * 12 + "\x00\x01\ufffe&#0;&#1;&#xFFFF;", head=jsonld).encode("utf-8", "surrogatepass"))
    for text in (article.headline, article.body, article.section or ""):
        assert text is not None
        text.encode("utf-8")
        assert not set("\x00\x01\ufffe\uffff") & set(text)


@pytest.mark.fault(61)
@pytest.mark.parametrize("levels", [260, 2_100, 30_000, 100_000])
@pytest.mark.parametrize("tag", ["div", "b"])
def test_a_text_below_very_many_levels_is_read(tag: str, levels: int) -> None:
    article = _read(_html(f"</p>{f'<{tag}>' * levels}<p>{TEXT * 12}</p>{f'</{tag}>' * levels}<p>").encode())
    assert article.body.count("Forêt-sur-Mer") == 12


@pytest.mark.fault(61)
def test_levels_that_cannot_be_flattened_are_refused_by_name() -> None:
    with pytest.raises(PageError) as error:
        _read(_html("<x>" * 5000 + TEXT * 12).encode())
    assert error.value.reason == "too_deep"


@pytest.mark.fault(62)
def test_a_page_over_the_bound_is_refused() -> None:
    with pytest.raises(PageError) as error:
        _read(b"<p>" + b"mot " * 5_000_000)
    assert error.value.reason == "too_large"


@pytest.mark.fault(65)
def test_titles_of_ten_thousand_signs_and_of_none() -> None:
    long = "mot " * 2500
    article = _read(_html(title=long).encode())
    assert article.headline and article.headline.startswith("mot mot")
    with pytest.raises(PageError) as error:
        _read(b"<!doctype html><title> </title><h1> &nbsp; </h1><p>Bonjour.</p>")
    assert error.value.reason in ("no_headline", "no_body")


@pytest.mark.fault(68)
@pytest.mark.parametrize(
    "jsonld",
    [
        "{",
        "[" * 100_000,
        '{"a":' * 100_000,
        "NaN",
        '{"@type":"NewsArticle","headline":NaN}',
        "\\",
        "1e999",
        '{"@type":{"a":[]}}',
    ],
)
def test_the_page_is_read_beside_broken_jsonld(jsonld: str) -> None:
    article = _read(_html(head=f"<script type='application/ld+json'>{jsonld}</script>").encode())
    assert article.headline == TITLE and "l’unanimité" in article.body


# --- workers: the functions run in them


def _sleep(seconds: float) -> None:
    time.sleep(seconds)


def _fill_memory() -> int:
    return len(bytearray(3 * 2**30))


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _fault() -> None:
    raise ZeroDivisionError("un diviseur nul")


def _fine(number: int) -> int:
    return number + 1


@pytest.mark.fault(63, 84)
def test_a_worker_that_hangs_dies_swells_or_errs_costs_one_page_and_is_replaced() -> None:
    async def work() -> None:
        workers = Workers(timeout_s=2, memory_mb=512, count=1)
        try:
            for function, arguments, reason in (
                (_sleep, (60.0,), "parse_timeout"),
                (_die, (), "parse_crash"),
                (_fill_memory, (), "parse_crash"),
                (_fault, (), "parse_error"),
            ):
                with pytest.raises(PageError) as error:
                    await workers.call(function, *arguments)  # type: ignore[arg-type]
                assert error.value.reason == reason
                assert await workers.call(_fine, 1) == 2
        finally:
            workers.close(now=True)

    asyncio.run(work())


@pytest.mark.fault(63)
def test_a_page_that_could_not_be_read_is_kept_raw_and_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from warcio.archiveiterator import ArchiveIterator

    monkeypatch.setenv("NEWSMON_DATABASE_URL", f"sqlite:///{tmp_path / 'newsmon.db'}")
    run = Run(kind="crawl", arguments="")
    assert run.keep_unread(_page(b"<p>un")) == "", "only where a folder is named"
    monkeypatch.setenv("NEWSMON_UNREAD", str(tmp_path / "unread"))
    kept = run.keep_unread(_page(b"<p>deux"))
    run.finish()
    (file,) = (tmp_path / "unread").iterdir()
    assert file.name in kept
    with file.open("rb") as stream:
        answers = [r.content_stream().read() for r in ArchiveIterator(stream) if r.rec_type == "response"]
    assert answers == [b"<p>deux"]

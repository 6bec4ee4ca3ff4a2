"""Citations: who, when and how that is known, where, and what proves the text."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from newsmon.items import Author
from newsmon.reports.citing import Signature, Source, Style, cite, find_source
from newsmon.reports.wording import Wording
from tests.reports.conftest import Command
from tests.reports.payloads import ELEMENTS, FORMULAS
from tests.store.conftest import Store
from tests.store.making import made

FR, EN = Wording("fr"), Wording("en")
SOURCE = Source(
    article_id=12,
    outlet="L’Essai",
    outlet_slug="l_essai",
    headline="Le budget adopté",
    url="https://essai.example/nouvelles/12",
    authors=(Signature("Maude Charlebois-Roy", True), Signature("La Presse Canadienne", False)),
    day=date(2022, 3, 1),
    no_later=None,
    day_basis="published",
    date_source="jsonld",
    date_raw="2022-03-01T21:40:00-05:00",
    date_selector="NewsArticle.datePublished",
    seen_at=datetime(2022, 3, 2, 14, 0, tzinfo=UTC),
    revision=2,
    text_sha256="ab12",
    archived=("2022-03-02.warc.gz", 4821, "sha1:QK3"),
)
UNKNOWN = replace(
    SOURCE, day=None, no_later=date(2022, 3, 2), day_basis="clock", date_source=None, date_raw=None, date_selector=None,
    archived=None,
)  # fmt: skip


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("source", "style", "wording", "line"),
    [
        (SOURCE, "apa", FR, "Charlebois-Roy, M. et La Presse Canadienne. (2022, 1er mars). Le budget adopté. L’Essai. https://essai.example/nouvelles/12"),
        (SOURCE, "apa", EN, "Charlebois-Roy, M. & La Presse Canadienne. (2022, 1 March). Le budget adopté. L’Essai. https://essai.example/nouvelles/12"),
        (SOURCE, "chicago", FR, "Charlebois-Roy, Maude et La Presse Canadienne. « Le budget adopté ». L’Essai, 1er mars 2022. https://essai.example/nouvelles/12"),
        (SOURCE, "chicago", EN, "Charlebois-Roy, Maude and La Presse Canadienne. “Le budget adopté.” L’Essai, 1 March 2022. https://essai.example/nouvelles/12"),
        (UNKNOWN, "apa", FR, "Charlebois-Roy, M. et La Presse Canadienne. (s. d.). Le budget adopté. L’Essai. https://essai.example/nouvelles/12"),
        (UNKNOWN, "chicago", FR, "Charlebois-Roy, Maude et La Presse Canadienne. « Le budget adopté ». L’Essai, s. d. Consulté le 2 mars 2022. https://essai.example/nouvelles/12"),
        (replace(SOURCE, authors=()), "apa", FR, "L’Essai. (2022, 1er mars). Le budget adopté. https://essai.example/nouvelles/12"),
        (replace(SOURCE, authors=(), headline="Et après ?"), "chicago", FR, "« Et après ? » L’Essai, 1er mars 2022. https://essai.example/nouvelles/12"),
    ],
)  # fmt: skip
def test_the_line_is_as_the_style_wants_it(source: Source, style: Style, wording: Wording, line: str) -> None:
    assert _plain(cite(source, style, wording)).splitlines()[0] == line


@pytest.mark.parametrize(
    ("name", "apa"),
    [
        ("Maude Charlebois-Roy", "Charlebois-Roy, M."),
        ("Jean-Marc Saint-Onge", "Saint-Onge, J.-M."),
        ("Anne de la Durantaye", "de la Durantaye, A."),
        ("Marie Ève Dupuis", "Dupuis, M. È."),
        ("Mado", "Mado"),
    ],
)
def test_names_are_turned_around(name: str, apa: str) -> None:
    line = cite(replace(SOURCE, authors=(Signature(name, True),)), "apa", FR)
    assert line.startswith(f"{apa.removesuffix('.')}. (")


def test_the_proofs_say_how_the_date_is_known_which_text_was_read_and_where_the_copy_is() -> None:
    assert _plain(cite(SOURCE, "apa", FR)).splitlines()[2:] == [
        "Date : 1er mars 2022, données JSON-LD, NewsArticle.datePublished (« 2022-03-01T21:40:00-05:00 »).",
        "Texte : révision 2, lue le 2 mars 2022, 14 h 00 (UTC), sha256 ab12.",
        "Copie archivée : 2022-03-02.warc.gz, octet 4821, sha1:QK3.",
    ]
    assert _plain(cite(UNKNOWN, "apa", EN)).splitlines()[2:] == [
        "Publication date unknown; the article was there by 2 March 2022 (clock of the page).",
        "Text: revision 2, read on 2 Mar 2022, 14:00 (UTC), sha256 ab12.",
        "Archived copy: none.",
    ]


def test_bibtex_has_every_field_and_no_day_that_is_not_known() -> None:
    entry = cite(SOURCE, "bibtex", FR)
    assert entry.startswith("@misc{lessai2022n12,\n")
    assert "author = {Maude Charlebois-Roy and {La Presse Canadienne}}," in entry
    assert "date = {2022-03-01}," in entry and "urldate = {2022-03-02}," in entry
    undated = cite(UNKNOWN, "bibtex", FR)
    assert undated.startswith("@misc{lessaisdn12,\n")
    assert " date = " not in undated and " year = " not in undated


@pytest.mark.parametrize("payload", [*ELEMENTS, *FORMULAS, "100 % {brisé", "}\\input{/etc/passwd}", "a_b^c~d#e$f&g"])
def test_bibtex_closes_every_brace_and_runs_no_command(payload: str) -> None:
    hostile = replace(
        SOURCE,
        headline=payload,
        outlet=payload,
        authors=(Signature(payload, True),),
        url=f"https://essai.example/{payload}",
    )
    entry = cite(hostile, "bibtex", FR)
    depth = 0
    for i, c in enumerate(entry):
        depth += (c == "{") - (c == "}")
        assert depth > 0 or i < 6 or i == len(entry) - 1, entry
    assert depth == 0 and "\\input" not in entry


def test_an_article_is_cited_by_its_number_or_its_address(store: Store, newsmon: Command) -> None:
    store.save(made(1, authors=(Author(name="Maude Charlebois-Roy"),)))
    ((article_id, url),) = store.rows("SELECT article_id, url FROM v_article")
    with store.engine.connect() as conn:
        source = find_source(conn, str(article_id))
    assert (source.day, source.date_source, source.revision) == (date(2022, 1, 17), "jsonld", 1)
    assert source.text_sha256 == store.rows("SELECT text_sha256 FROM revision")[0][0]
    by_url = newsmon("cite", url, "--style", "chicago", "--lang", "en")
    assert by_url.code == 0 and by_url.out == newsmon("cite", str(article_id), "--style", "chicago", "--lang", "en").out
    assert by_url.out.decode().startswith("Charlebois-Roy, Maude. “Le budget adopté, acte 1.” L’Essai, 17")


def test_an_article_that_is_not_there_is_one_line(store: Store, newsmon: Command) -> None:
    done = newsmon("cite", "999")
    assert done.code == 2 and done.err.startswith("newsmon: no article '999'") and len(done.err.splitlines()) == 1

"""Which strings of a page are taken for dates, where they stood, and whose they are."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsmon.items import DateString
from newsmon.outlets import Layout
from newsmon.page.body import select
from newsmon.page.date_reasons import PLACES
from newsmon.page.datestrings import ELSEWHERE_MAX, STRINGS_MAX, find_date_strings
from newsmon.page.document import parse_document, parse_text
from tests.page.trap_table import TRAPS, Trap

URL = "https://journal.example/regions/phare/"
TITLE = "Le phare de Pointe-aux-Ormes cherche un gardien pour l’hiver"
PROSE = (
    "<p>La municipalité de Pointe-aux-Ormes a publié une offre d’emploi peu commune : vivre quatre mois dans le phare, "
    "sans autre voisin que les eiders et le traversier du jeudi.</p>"
)
Told = tuple[str, str, str | None, str]


def found(markup: str, *, url: str = URL, **layout: Any) -> tuple[DateString, ...]:
    return find_date_strings(parse_text(markup, url=url), Layout(**layout))


def page(header: str = "", *, head: str = "", before: str = "", after: str = "") -> str:
    return (
        f"<html><head><title>{TITLE}</title>{head}</head><body>{before}<main><article><h1>{TITLE}</h1>{header}"
        f"<div class='texte'>{PROSE * 3}</div></article></main>{after}</body></html>"
    )


def told(markup: str, **more: Any) -> list[Told]:
    return [(s.source, s.raw, s.role, s.place) for s in found(markup, **more)]


def jsonld(*nodes: Any) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(node)}</script>' for node in nodes)


# --- places


def test_a_page_gives_every_date_with_whose_it_is() -> None:
    markup = page(
        '<p class="signature">Par Odette Brisebois-Lauzière, <span class="date">le 17 janvier 2022</span></p>',
        head='<meta property="article:modified_time" content="2022-01-18T10:00:00-05:00">'
        + jsonld({"@type": "NewsArticle", "headline": TITLE, "datePublished": "2022-01-17T04:16:00-05:00"}),
        before='<header><div class="meteo">-9 °C <b>24 janvier 2022 09:58</b></div></header>',
        after='<aside class="sidebar"><p>Publié le 12 janvier 2022</p></aside>',
    )
    assert told(markup, url="https://journal.example/2022/01/17/phare") == [
        ("jsonld", "2022-01-17T04:16:00-05:00", "published", ""),
        ("meta", "2022-01-18T10:00:00-05:00", "modified", ""),
        ("header", "Par Odette Brisebois-Lauzière, le 17 janvier 2022", None, ""),
        ("header", "-9 °C 24 janvier 2022 09:58", "clock", "frame"),
        ("text", "Publié le 12 janvier 2022", "event", "aside"),
        ("url", "2022-01-17", "published", ""),
    ]


def test_a_page_without_a_date_gives_none() -> None:
    assert found(page("<p>Par Odette Brisebois-Lauzière</p>", after="<footer>© 2010-2022 Le Phare</footer>")) == ()


def test_nothing_of_a_page_without_a_body() -> None:
    assert found("<html><head><title>x</title></head></html>") == ()
    assert told("<html><head><meta name=pubdate content=2022-01-17></head><frameset></frameset></html>") == [
        ("meta", "2022-01-17", "published", "")
    ]


@pytest.mark.parametrize(
    "line",
    ["Élections 2022", "Hors-série 2021-2022, 7,65 $", "8 min de lecture", "418 555-0117", "Le 98,5 FM", "12 000 abonnés",
     "Le mot de la mairesse : mai le joli mois", "Match nul, 2-2", "3 commentaires", "De 9 h à 17 h"],
)  # fmt: skip
def test_what_only_has_numbers_is_no_candidate(line: str) -> None:
    assert found(page(f"<p class='meta'>{line}</p>")) == ()


@pytest.mark.parametrize(
    "line",
    ["17 janvier 2022", "le Mercredi 2 mars 2022 13:45", "1er févr. 2022", "17/01/22", "2022-01-17", "14.09.2020 à 11h46",
     "January 17, 2022", "2 Apr", "8 avr 2025 (20h25)", "il y a 3 heures", "hier à 21 h 40", "Publié à 0 h 23", "3 hours ago",
     "Publié avant-hier", "à l’instant", "FÉVRIER 2022", "fe\u0301vrier 2022", "17 aou\u0302t 2022", "3:00 PM - 10 mai 2022"],
)  # fmt: skip
def test_forms_that_sites_print_are_candidates(line: str) -> None:
    strings = found(page(f"<p class='meta'>{line}</p>"))
    assert [(s.raw, s.place) for s in strings] == [(line, "")]
    assert strings[0].source in ("header", "label")


def test_a_line_is_what_a_reader_sees_as_one() -> None:
    header = "<div>Par Odilon Vaillancourt-Reeves<br>Publié <b>le</b>\n   <i>17</i> <i>janvier</i> <i>2022</i><br>3 min</div>"
    assert told(page(header)) == [("label", "Publié le 17 janvier 2022", None, "")]


def test_an_update_on_the_same_line_is_a_candidate_of_its_own() -> None:
    header = "<p>le Mercredi 2 mars 2022 13:45 | mis à jour le 2 mars 2022 13:49</p>"
    assert told(page(header)) == [
        ("label", "le Mercredi 2 mars 2022 13:45 | mis à jour le 2 mars 2022 13:49", None, ""),
        ("label", "mis à jour le 2 mars 2022 13:49", "modified", ""),
    ]


def test_text_right_after_the_headline() -> None:
    markup = f"<html><head><title>{TITLE}</title></head><body><div><h1>{TITLE}</h1>17 janvier 2022{PROSE}</div></body></html>"
    assert told(markup) == [("header", "17 janvier 2022", None, "")]


def test_the_headline_and_its_repetition_are_no_dates() -> None:
    title = "Le 17 janvier 2022, jour de tempête à Pointe-aux-Ormes"
    markup = page(f"<p class='fil'>{title}</p>").replace(TITLE, title)
    assert found(markup) == ()


# --- machines


@pytest.mark.parametrize(
    ("meta", "role"),
    [
        ('property="article:published_time"', "published"), ('property="og:published_time"', "published"),
        ('name="DC.date.created"', "published"), ('name="parsely-pub-date"', "published"),
        ('name="cXenseParse:recs:publishtime"', "published"), ('name="sailthru.date"', "published"),
        ('itemprop="datePublished"', "published"), ('name="date"', None), ('name="dcterms.date"', None),
        ('name="lastModified"', "modified"), ('property="og:updated_time"', "modified"),
        ('http-equiv="Last-Modified"', "modified"), ('itemprop="dateModified"', "modified"),
    ],
)  # fmt: skip
def test_names_of_metas(meta: str, role: str | None) -> None:
    head = f'<meta {meta} content=" 2022-01-17T04:16:00-05:00 ">'
    assert told(page(head=head)) == [("meta", "2022-01-17T04:16:00-05:00", role, "")]


def test_metas_that_tell_no_publication() -> None:
    head = '<meta property="article:expiration_time" content="2023-01-17"><meta name="generator" content="2022-01-17">'
    assert found(page(head=head)) == ()


@pytest.mark.parametrize(
    ("node", "place"),
    [
        ({"@type": "ImageObject", "datePublished": "2022-01-12"}, "caption"),
        ({"@type": "Comment", "dateCreated": "2022-01-12"}, "comment"),
        ({"@type": ["VideoObject"], "uploadDate": "2022-01-12"}, "video"),
        ({"@type": "NewsEvent", "datePublished": "2022-01-12"}, "event"),
        ({"@type": "NewsArticle", "headline": "Autre", "url": "/autre", "datePublished": "2022-01-12"}, "related"),
        ({"@type": "Product", "name": "Autre", "datePublished": "2022-01-12"}, "other"),
        ({"@type": "NewsArticle", "headline": TITLE, "datePublished": "2022-01-12"}, ""),
        (
            {"@type": "https://schema.org/NewsArticle", "@id": "/regions/phare#article", "datePublished": "2022-01-12"},
            "",
        ),
        ({"@type": "BlogPosting", "datePublished": "2022-01-12"}, ""),
        ({"@type": "WebPage", "@id": URL, "datePublished": "2022-01-12"}, ""),
        ({"@type": "Recipe", "name": TITLE, "datePublished": "2022-01-12"}, ""),
    ],
)
def test_whose_a_node_of_jsonld_is(node: dict[str, Any], place: str) -> None:
    strings = found(page(head=jsonld(node)))
    assert [(s.raw, s.place, s.role) for s in strings] == [("2022-01-12", place, "event" if place else "published")]


def test_odd_values_in_jsonld_are_passed_over() -> None:
    odd: list[Any] = [None, True, {}, [], [None], 1e300, {"@value": None}, [[]], "", "   "]
    nodes = [{"@type": "NewsArticle", "headline": TITLE, "datePublished": value} for value in odd]
    assert told(page(head=jsonld(*nodes, {"@type": None, "datePublished": "2022-01-17"}))) == [
        ("jsonld", "2022-01-17", "event", "other")
    ]
    epoch = {"@type": "NewsArticle", "headline": TITLE, "datePublished": 1642410960}
    assert told(page(head=jsonld(epoch))) == [("jsonld", "1642410960", "published", "")]


def test_a_clock_known_to_be_in_utc_says_so() -> None:
    head = '<meta name="dc.date.created" content="2017-03-13|19h18"><meta name="dc.date.modified" content="2017-03-13">'
    assert [(s.raw, s.zone) for s in found(page(head=head))] == [("2017-03-13|19h18", "UTC"), ("2017-03-13", None)]


# --- what an outlet declares


def test_declared_dates_and_clocks_are_taken_once_each() -> None:
    header = '<p class="a1">24 janvier 2022</p><p class="a2"><time datetime="2022-01-17T04:16-05:00">lundi</time></p>'
    assert told(page(header), clock_css="p.a1", date_css="p.a2 time") == [
        ("time", "2022-01-17T04:16-05:00", "published", ""),
        ("label", "lundi", "published", ""),
        ("header", "24 janvier 2022", "clock", "clock"),
    ]


def test_a_selector_that_cannot_be_used_is_none() -> None:
    assert told(page("<p>17 janvier 2022</p>"), date_css="p[[", clock_css=":nope(") == [
        ("header", "17 janvier 2022", None, "")
    ]


# --- selectors


def test_selectors_are_the_same_on_every_page_of_a_theme() -> None:
    def theme(number: int, section: str, day: str, extra: str) -> str:
        return (
            f'<html><head><title>{TITLE} {number}</title></head><body class="postid-{number} single"><div id="top">{day}</div>'
            f'<article id="post-{number}" class="post category-{section} tag-{section}"><h1>{TITLE} {number}</h1>{extra}'
            f'<div class="entry-meta m-{number}"><span class="date css-1x{number}">{day}</span></div>{PROSE}</article></body></html>'
        )

    one = found(theme(17, "politique", "17 janvier 2022", ""))
    two = found(theme(204, "sports", "3 février 2022", "<p>Chapeau</p><p>Autre</p>"))
    assert [(s.source, s.selector) for s in one] == [(s.source, s.selector) for s in two]
    assert {s.selector for s in one} == {"div.entry-meta span.date", "body.single div#top"}


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.name)
def test_a_selector_finds_what_it_names(trap: Trap) -> None:
    document = parse_document(trap.page.read_bytes(), url=trap.url)
    for string in find_date_strings(document, Layout(**trap.layout)):
        if string.source in ("time", "label", "header", "text") and string.selector != "opening":
            assert select(document.tree, string.selector), string


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.name)
def test_strings_are_told_once_and_of_known_places(trap: Trap) -> None:
    strings = find_date_strings(parse_document(trap.page.read_bytes(), url=trap.url), Layout(**trap.layout))
    assert len(set(strings)) == len(strings)
    assert {string.place for string in strings} <= set(PLACES)


# --- bounds


def test_a_page_of_dates_gives_a_handful_of_each_place() -> None:
    lists = "".join(
        f"<li><a href='/{n}'>Une manchette de six mots ici</a> {n % 28 + 1} janvier 2022</li>" for n in range(500)
    )
    times = "".join(f"<time datetime='2022-01-{n % 28 + 1:02}T00:{n % 60:02}Z'>x</time>" for n in range(500))
    strings = found(page(times, after=f"<ul>{lists}</ul>"))
    assert len(strings) <= STRINGS_MAX
    assert sum(string.place == "related" for string in strings) <= ELSEWHERE_MAX


@pytest.mark.parametrize(
    "markup",
    [
        page("<p>" + "17 " * 60_000 + "</p>"),
        page("<p>" + "17 janvier " * 20_000 + "</p>"),
        page("<p>" + "<b>17</b> " * 5_000 + "</p>"),
        page("<p>" + "17 janvier 2022<br>" * 3_000 + "</p>"),
        page("<p>" + "Publié le " * 20_000 + "</p>"),
        page("<p>17" + " \n" * 100_000 + "janvier</p>"),
        page("<div>" * 900 + "17 janvier 2022" + "</div>" * 900),
        page("<span>" * 900 + "17 janvier 2022" + "</span>" * 900),
        page("".join(f"<p>Publié le {n % 28 + 1} janvier 2022</p>" for n in range(4_000))),
        page("".join(f"<time datetime='2022-01-{n % 28 + 1:02}'></time>" for n in range(4_000))),
        page("<p>" + "0" * 300_000 + "</p>"),
    ],
)  # fmt: skip
def test_hostile_pages_cost_little(markup: str) -> None:
    document = parse_text(markup, url=URL)
    began = time.process_time()
    find_date_strings(document, Layout())
    assert time.process_time() - began < 2


PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            ["<p>", "</p>", "<div class='date'>", "</div>", "<span>", "</span>", "<br>", "<time datetime='2022-01-17'>", "</time>",
             "<h1>", "</h1>", "<article>", "</article>", "<header>", "</header>", "<li>", "<a href='/x'>", "</a>", "<nav>", "<table>",
             "<td>", "<meta itemprop=datePublished content=2022>", "<time>", "<!-- x -->", "<svg><title>1</title></svg>", "<dt>", "<dd>",
             "Publié le ", "Mis à jour", "17 janvier 2022", "hier", "il y a", " 3 heures", "2022", "\x00", "&#1;", "<footer>", "<aside>",
             '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":["2022"]}</script>', "<b class='date date'>"]
        ),
        st.text(max_size=12),
    ),
    max_size=40,
)  # fmt: skip


@given(pieces=PIECES, title=st.text(max_size=20))
@settings(derandomize=True, max_examples=250, deadline=None)
def test_any_markup_is_read_without_an_error(pieces: list[str], title: str) -> None:
    document = parse_text(f"<html><head><title>{title}</title></head><body>x{''.join(pieces)}</body></html>", url=URL)
    for string in find_date_strings(document, Layout(date_css="div.date", clock_css="header")):
        assert string.raw.strip() and string.place in PLACES

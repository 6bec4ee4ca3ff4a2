"""What is read from a page, in three dresses, and from pages that are hostile or no article."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsmon.errors import PageError
from newsmon.extraction import extracted
from newsmon.items import Article, Page
from newsmon.page.article import find_address, read_page
from newsmon.text.clean import _is_plain, clean_text

AT = datetime(2022, 1, 17, 9, 16, 30, tzinfo=UTC)
PARAGRAPHS = [
    "La scierie de Saint-Prosper embauchera trente personnes d’ici la fin de l’hiver, a promis sa direction lundi soir.",
    "Le ministère a donné son accord, à la condition qu’un logement soit fourni à chacun des nouveaux travailleurs.",
    "« On respire enfin », a confié la mairesse, Lise-Anne Gélinas, après des mois d’incertitude et trois fermetures.",
    "Des logements à trouver",
    "La coopérative d’habitation a réservé douze appartements, et des familles du rang Nord ouvrent leur porte.",
    "Les premiers arrivants sont attendus en février, par autocar, depuis Montréal, si les routes le permettent.",
]
HEADLINE = "La scierie de Saint-Prosper embauche trente personnes avant la fin de l’hiver"
CAPTION = "La cour à bois de la scierie, en décembre. (Paulin Roy/Le Riverain)"
AROUND = [
    "Nous suivre",
    "Derniers articles",
    "Un brise-glace arrive au port",
    "-9.1 C",
    "Vous pourriez aimer",
    "191Fans",
]


def _as_text() -> str:
    cut = HEADLINE[:52]
    return "\n\n".join(
        [
            f"-9.1 C\nMontréal\n17 janvier 2022 04:16\nAccueil Économie {cut}...",
            HEADLINE,
            "Nous suivre",
            *PARAGRAPHS[:2],
            CAPTION,
            *PARAGRAPHS[2:],
            "Source : www.leriverain.example",
            "Nous suivre sur Google Actualités",
            "191FansJ'aime",
            "Derniers articles",
            "Un brise-glace arrive au port",
            "Le navire a mis trois semaines à remonter le fleuve, escorté par un remorqueur de la région voisine.",
            "Vous pourriez aimer",
        ]
    )


def _as_html(*, classes: bool) -> str:
    def named(name: str) -> str:
        return f' class="{name}"' if classes else ""

    body = [f"<p>{p}</p>" if p[-1] in ".»" else f"<h2>{p}</h2>" for p in PARAGRAPHS]
    caption = f"<figure><figcaption>{CAPTION}</figcaption></figure>" if classes else f"<p>{CAPTION}</p>"
    return f"""<!doctype html><html lang="fr"><head><title>{HEADLINE} - Le Riverain</title></head><body>
<div{named("td-weather")}>-9.1 C Montréal</div><div{named("td_data_time")}>17 janvier 2022 04:16</div>
<div{named("entry-crumbs")}><a href="/">Accueil</a> <a href="/e/">Économie</a> <span>{HEADLINE[:52]}...</span></div>
<div><h1{named("entry-title")}>{HEADLINE}</h1><div><a href="#">Nous suivre</a></div>
<div{named("td-post-content")}>{"".join(body[:2])}{caption}{"".join(body[2:])}
<p>Source : <a href="https://www.leriverain.example/x">www.leriverain.example</a></p></div></div>
<div{named("td_block_15")}><h4>Derniers articles</h4><h3><a href="/b/">Un brise-glace arrive au port</a></h3>
<div{named("td-excerpt")}>Le navire a mis trois semaines à remonter...</div></div></body></html>"""


@pytest.mark.parametrize(
    "page", [_as_text(), _as_html(classes=True), _as_html(classes=False)], ids=["text", "theme", "bare"]
)
def test_one_story_is_read_alike_in_three_dresses(page: str) -> None:
    read = extracted(page.encode(), url=None, outlet=None, fetched_at=AT)
    assert read["headline"] == HEADLINE
    assert read["body"].split("\n\n") == PARAGRAPHS
    assert [(c["text"], c["credit"]) for c in read["captions"]] == [(CAPTION, "Paulin Roy/Le Riverain")]
    assert read["section"] == "Économie"
    assert read["language"] == "fr"
    assert not [line for line in AROUND if line in read["body"]]
    assert (read["published_at"], read["day"], read["day_basis"]) == (None, "2022-01-17", "clock")
    assert [(d["role"], d["value"], d["chosen"]) for d in read["dates"]] == [("clock", "2022-01-17T09:16:00Z", False)]
    assert (read["attribution"]["kind"], read["attribution"]["source_host"]) == (
        "republished",
        "www.leriverain.example",
    )


def test_the_seed_of_the_project_is_read_as_it_should_be(shared: Path) -> None:
    expected = json.loads((shared / "seed" / "seed.expected.json").read_text("utf-8"))
    for path in sorted((shared / "seed").glob("*.txt")) + sorted((shared / "seed").glob("*.html")):
        read = extracted(path.read_bytes(), url=None, outlet=None, fetched_at=AT)
        assert read["headline"] == expected["headline"], path.name
        assert read["body"].split("\n\n") == expected["body_paragraphs"], path.name
        assert [c["text"] for c in read["captions"]] == expected["captions"], path.name
        assert [c["credit"] for c in read["captions"]] == expected["credits"], path.name
        assert not [line for line in expected["never_in_body"] if line in read["body"]], path.name
        assert read["section"] == expected["section"], path.name
        assert (read["published_at"], read["day"], read["day_basis"]) == (None, "2022-01-17", "clock"), path.name
        (clock,) = [d for d in read["dates"] if d["role"] == "clock"]
        assert clock["value"] == "2022-01-17T09:16:00Z", path.name
        attribution = read["attribution"]
        assert attribution["kind"] == "republished", path.name
        assert (attribution["source_name"], attribution["source_host"]) == ("CBC", "www.cbc.ca"), path.name


def _read(body: bytes | str, content_type: str = "") -> str:
    return _article(body, content_type).body


def _article(body: bytes | str, content_type: str = "") -> Article:
    data = body if isinstance(body, bytes) else body.encode()
    url = "https://exemple.ca/nouvelles/scierie"
    headers = {"content-type": content_type} if content_type else {}
    return read_page(Page(outlet="", url=url, final_url=url, body=data, fetched_at=AT, headers=headers))


STORY = _as_html(classes=True)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (STORY.encode("utf-8"), ""),
        (b"\xef\xbb\xbf" + STORY.encode("utf-8"), "text/html; charset=iso-8859-1"),
        (STORY.encode("utf-16"), "text/html"),
        (STORY.encode("windows-1252"), "text/html; charset=utf-8"),
        (STORY.encode("windows-1252"), "text/html; charset=iso-8859-1"),
        (STORY.encode("windows-1252"), ""),
        (STORY.encode("utf-8"), "text/html; charset=klingon"),
        (STORY.encode("utf-8"), "text/html; charset=utf-7"),
    ],
)
def test_every_encoding_gives_the_text_as_printed(body: bytes, content_type: str) -> None:
    assert _read(body, content_type).split("\n\n") == PARAGRAPHS


@pytest.mark.parametrize(
    "reference", ["&#1;", "&#31;", "&#xFFFF;", "&#0;", "&#99999999999;", "&#xD800;", "\x00", "\x08"]
)
def test_a_bad_character_costs_itself_alone(reference: str) -> None:
    assert _read(STORY.replace("scierie de", f"scierie{reference} de")).split("\n\n") == PARAGRAPHS


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (b"", "empty"),
        (b"   \n ", "empty"),
        (b"%PDF-1.7 ...", "not_html"),
        (b"<html><body></body></html>", "no_headline"),
        (b"x" * (9 * 2**20), "too_large"),
    ],
)
def test_what_is_no_page_is_refused_by_name(page: bytes, reason: str) -> None:
    with pytest.raises(PageError) as refused:
        _read(page)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("title", "text", "thin"),
    [
        ("Page introuvable", "La page que vous cherchez n’existe pas.", "not_found_page"),
        ("Erreur 404", "Retour à l’accueil.", "not_found_page"),
        (
            "Avant de continuer",
            "Nous utilisons des témoins. Accepter tous les témoins ou gérer vos préférences.",
            "consent",
        ),
        ("Connexion", "Connectez-vous à votre compte pour lire la suite de nos articles.", "login"),
        (
            "Le budget est adopté",
            "Le conseil a voté. Il vous reste 90 % de cet article à lire. Déjà abonné ?",
            "paywall",
        ),
        ("Le budget est adopté", "Bientôt.", "thin"),
    ],
)
def test_pages_that_are_no_article_are_told_from_short_ones(title: str, text: str, thin: str) -> None:
    page = f"<html lang=fr><head><title>{title}</title></head><body><main><h1>{title}</h1><p>{text}</p></main></body></html>"
    url = "https://exemple.ca/x"
    assert read_page(Page(outlet="", url=url, final_url=url, body=page.encode(), fetched_at=AT)).thin == thin


HOSTILE = {
    "deep": "<div>" * 100_000 + "texte" + "</div>" * 100_000,
    "attributes": "<p " + " ".join(f'a{i}="{i}"' for i in range(100_000)) + ">texte</p>",
    "deep_text": "<div>" * 300 + "mot " * 1_500_000 + "</div>" * 300,
    "deep_blanks": "<div>" * 300 + " " * 6_000_000 + "<p>texte</p>" + "</div>" * 300,
    "years": "<p>" + "2022 " * 1_500_000 + "</p>",
    "one_text": "<p>" + "mot " * 1_500_000 + "</p>",
    "unclosed": "<b><i>" * 50_000,
    "jsonld": '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
    "many_blocks": "<p>un deux trois</p>" * 100_000,
    "links": '<li><a href="/x">un titre de plus ici</a></li>' * 60_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_ends_in_an_article_or_a_reason(name: str) -> None:
    """That they cost little is shown by `make bench`; here each of them must end."""
    page = f"<html><head><title>Un titre</title></head><body><h1>Un titre de page</h1>{HOSTILE[name]}</body></html>"
    try:
        article = _article(page)
    except PageError as refused:
        assert refused.reason in {"no_body", "too_deep"}
    else:
        assert article.headline == "Un titre de page"


def test_of_a_page_without_end_the_beginning_is_read() -> None:
    paragraph = "<p>Le conseil de Sainte-Ursule a voté le budget lundi soir, selon la mairesse Lapierre.</p>"
    article = _article(f"<h1>Le budget est adopté</h1><article>{paragraph * 40}</article>" + "<i>a</i>" * 200_000)
    assert article.counts["page_cut"] == 1
    assert article.headline == "Le budget est adopté"
    assert len(article.body.split("\n\n")) >= 40


@pytest.mark.parametrize("filling", [" " * 2_000_000, "<style>" + "a{b:c}" * 400_000 + "</style>"])
def test_a_large_page_of_deep_boxes_is_read_whole(filling: str) -> None:
    """A text that many boxes carry along costs as many times as much: they are taken away, the text stays."""
    paragraphs = [f"Le conseil de Sainte-Ursule a voté le budget de la ville, acte {n}." for n in range(30)]
    markup = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    article = _article(f"<h1>Le budget est adopté</h1>{'<div>' * 300}{filling}{markup}{'</div>' * 300}")
    assert article.body.split("\n\n") == paragraphs


def test_words_around_a_script_keep_their_order() -> None:
    page = (
        "<h1>Le <b>budget<i> de</i> la</b> ville <script>x</script>est adopté</h1><p>Le conseil a voté lundi soir.</p>"
    )
    assert _article(f"<html><body>{page}</body></html>").headline == "Le budget de la ville est adopté"


@settings(derandomize=True, deadline=None, max_examples=150)
@given(st.lists(st.sampled_from(["<p>", "</p>", "<div class='related'>", "</div>", "<h1>", "</h1>", "<a href='x'>", "</a>", "<time datetime='2022-01-17'>", "<figure>", "<script type='application/ld+json'>", "</script>", "{\"@type\":\"NewsArticle\"", "}", "Un texte de Jean Roy.", "\ud800", "&#1;", "<!--", "-->", "<table><tr><td>", "\x00"]) | st.text(max_size=40), max_size=30))  # fmt: skip
def test_any_markup_ends_in_an_article_or_a_reason(parts: list[str]) -> None:
    try:
        _read("".join(parts).encode("utf-8", "surrogatepass"))
    except PageError as refused:
        assert refused.reason


@pytest.mark.parametrize(
    ("inner", "text", "credit"),
    [
        ("<span>Photo: Naïma Perron</span> Un violon prêt.", "Photo: Naïma Perron Un violon prêt.", "Naïma Perron"),
        ("<span>Un violon prêt</span> à partir.", "Un violon prêt à partir.", None),
        ("<span>Photo: un violon qui est prêt</span> à partir.", "Photo: un violon qui est prêt à partir.", None),
        ("Un violon<br>prêt.<br>Photo : Naïma Perron", "Un violon prêt. Photo : Naïma Perron", "Naïma Perron"),
    ],
)
def test_a_credit_in_an_element_of_its_own(inner: str, text: str, credit: str | None) -> None:
    page = f"<article><h1>{HEADLINE}</h1><figure><figcaption>{inner}</figcaption></figure>{PLAIN}</article>"
    read = extracted(page.encode(), url=None, outlet=None, fetched_at=AT)
    assert [(c["text"], c["credit"]) for c in read["captions"]] == [(text, credit)]


LINK = '<a rel="category tag" href="/c/">Régions</a>'


@pytest.mark.parametrize(
    ("before", "after", "section"),
    [(f"<p>{LINK}</p>", "", "Régions"), ("", f"<article><h3>Une autre nouvelle</h3>{LINK}</article>", None)],
)
def test_a_category_is_the_article_s_own(before: str, after: str, section: str | None) -> None:
    page = f"<main><article>{before}<h1>{HEADLINE}</h1>{PLAIN}</article>{after}</main>"
    assert extracted(page.encode(), url=None, outlet=None, fetched_at=AT)["section"] == section


def test_who_is_quoted_is_read_and_no_page_s_footer() -> None:
    quoted = "<blockquote><p>Le pont tiendra cent ans.</p><footer>— Odile Ferron, mairesse</footer></blockquote>"
    page = f"<article><h1>{HEADLINE}</h1>{PLAIN}{quoted}{PLAIN}<footer><p>Textes de la région.</p></footer></article>"
    body = extracted(page.encode(), url=None, outlet=None, fetched_at=AT)["body"]
    assert "Le pont tiendra cent ans.\n\n— Odile Ferron, mairesse\n\n" in body
    assert "Textes" not in body


def test_a_break_in_a_headline_parts_its_words() -> None:
    page = f"<title>Radio</title><article><h1>Le quai de Meteghan<br>ferme lundi</h1>{PLAIN}</article>"
    read = extracted(page.encode(), url=None, outlet=None, fetched_at=AT)
    assert read["headline"] == "Le quai de Meteghan ferme lundi"


def test_a_saved_page_says_where_it_is_from() -> None:
    assert (
        find_address(b'<link rel="canonical" href="https://exemple.ca/a/1?utm_source=x">') == "https://exemple.ca/a/1"
    )
    assert find_address(b'<meta property="og:url" content="http://exemple.ca/a/2">') == "https://exemple.ca/a/2"
    assert find_address(b'<link rel="canonical" href="/a/3">') is None


def test_real_pages_are_read_no_worse_than_before(shared: Path) -> None:
    """A floor under what is measured; the figures themselves are told by the scorer beside the pages."""
    import subprocess
    import sys

    tool, truth = shared / "tools" / "score_pages.py", shared / "data" / "pages" / "truth.json"
    manifest = subprocess.run(
        [sys.executable, tool, "manifest", truth], capture_output=True, text=True, check=True
    ).stdout
    command = [sys.executable, "-m", "newsmon", "extract", "--jsonl", "-"]
    said = subprocess.run(command, input=manifest, capture_output=True, text=True, encoding="utf-8").stdout
    scored = subprocess.run(
        [sys.executable, tool, "score", truth], input=said, capture_output=True, text=True, check=True
    )
    figures = scored.stdout.splitlines()[-2:]
    headline, authors, day = (int(part.split()[-1].split("/")[0]) for part in figures[0].split(","))
    assert (headline, authors, day) >= (31, 21, 31), figures
    assert float(figures[1].split()[2]) >= 0.985, figures


def test_what_a_page_without_end_tells_machines_at_its_end_is_read() -> None:
    told = {"@type": "NewsArticle", "headline": "Le budget est adopté", "author": {"name": "Odile Ferron"}}
    script = f'<script type="application/ld+json">{json.dumps(told)}</script>'
    paragraph = "<p>Le conseil de Sainte-Ursule a voté le budget lundi soir, selon la mairesse Lapierre.</p>"
    page = f"<h1>Le budget est adopté</h1><article>{paragraph * 40}</article>" + "<i>a</i>" * 200_000 + script
    assert _article(page).byline_raw[0] == "Odile Ferron"
    assert _article(page.removesuffix("</script>")).byline_raw == ()


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=40))
def test_the_fast_look_at_a_page_s_signs_is_right(text: str) -> None:
    if _is_plain(text):
        assert clean_text(text) == text


PLAIN = "<p>" + "</p><p>".join(PARAGRAPHS) + "</p>"
DECKED = "".join(f"<p>{p}</p>" for p in PARAGRAPHS[1:])


@pytest.mark.parametrize(
    ("markup", "deck", "first"),
    [
        (PLAIN, None, 0),
        (f"<p><b>{PARAGRAPHS[0]}</b></p>{DECKED}", 0, 1),
        (f'<p class="chapo">{PARAGRAPHS[0]}</p>{DECKED}', 0, 1),
        (f"<div><p>{PARAGRAPHS[0]}</p></div><div>{DECKED}</div>", 0, 1),
    ],
    ids=["as the others", "bold", "marked", "elsewhere"],
)
def test_a_first_paragraph_is_a_deck_only_where_it_is_printed_as_one(markup: str, deck: int | None, first: int) -> None:
    told = f'<meta name="description" content="{PARAGRAPHS[0]}">'
    article = _article(f"<html><head>{told}</head><body><article><h1>{HEADLINE}</h1>{markup}</article></body></html>")
    assert article.deck == (None if deck is None else PARAGRAPHS[deck])
    assert article.body.split("\n\n") == PARAGRAPHS[first:]


def test_a_line_that_comes_again_and_again_is_no_part_of_a_text() -> None:
    markup = "".join(f"<p>{p}</p><p>Voir la vidéo de la scierie</p>" for p in PARAGRAPHS)
    gallery = "<div class='diaporama'><p>La cour à bois de la scierie, vue du chemin de fer, en décembre.</p></div>"
    assert (
        _read(f"<html><body><article><h1>{HEADLINE}</h1>{markup}{gallery}</article></body></html>").split("\n\n")
        == PARAGRAPHS
    )

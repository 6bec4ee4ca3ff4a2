"""What newspapers set between the paragraphs of an article: what is the article's stays, the rest does not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from newsmon.extraction import extracted

AT = datetime(2026, 3, 10, 15, tzinfo=UTC)


@dataclass(frozen=True)
class Story:
    lang: str
    headline: str
    deck: str
    author: str
    by: str
    day: str
    text: tuple[str, ...]
    """Six paragraphs."""
    quote: str
    """Said in the third of them."""


FRENCH = Story(
    lang="fr",
    headline="La patinoire de Val-Brossard sera couverte avant Noël",
    deck="Le toit coûtera deux fois ce qui était prévu, mais le village ne veut plus attendre la neige.",
    author="Ghislaine Tremblay-Roy",
    by="Par Ghislaine Tremblay-Roy",
    day="Publié le 7 mars 2026 à 9 h 30",
    text=(
        "Les élus de Val-Brossard ont adopté lundi soir un règlement d’emprunt de quatre millions de dollars pour couvrir la "
        "patinoire du parc des Bouleaux.",
        "Le chantier commencera en mai, dès que le sol aura dégelé, et il devrait durer sept mois si l’acier est livré à "
        "temps.",
        "« Nos jeunes ont joué onze parties l’hiver dernier, et ils en avaient vingt-quatre au calendrier », rappelle "
        "l’entraîneur Olivier Demers, qui attend ce toit depuis dix ans.",
        "Une consultation a réuni deux cents personnes à l’école du village, dont une forte majorité a demandé que la "
        "surface reste gratuite.",
        "La directrice générale, Fatou Sarr, croit que la location aux équipes des environs paiera la moitié des frais "
        "d’entretien.",
        "Le conseil choisira l’entrepreneur en avril, et les plans seront exposés à la bibliothèque tout le printemps.",
    ),
    quote="Nos jeunes ont joué onze parties l’hiver dernier",
)
ENGLISH = Story(
    lang="en",
    headline="Ferry to Heron Island will run all winter for the first time",
    deck="The province found the money in a bridge that was never built, and islanders are packing away their planes.",
    author="Moira Falkner",
    by="By Moira Falkner",
    day="Published on March 7, 2026 at 9:30 a.m.",
    text=(
        "The ferry between Cape Sorrow and Heron Island will sail through the winter for the first time in its history, the "
        "province announced on Monday.",
        "A second-hand icebreaking hull was bought in Norway last month, and it should reach the yard in Halifax before the "
        "end of May.",
        "“We have flown our groceries in for forty years, and half of the lettuce came frozen,” said grocer Elias Pike, who "
        "chairs the island’s council.",
        "Some two hundred people live on the island from December to April, and about thirty of them cross for medical care "
        "each month.",
        "Captain Rita Osmond expects to lose a dozen crossings a year to storms, which is half of what the old schedule lost "
        "in the fall alone.",
        "The fare has not been set yet, but the minister promised that it would stay below that of the plane.",
    ),
    quote="We have flown our groceries in for forty years",
)
STORIES = (FRENCH, ENGLISH)
OTHERS = {
    "fr": (
        "Trois arénas de la région fermeront tôt ce printemps",
        "Le club de patinage de vitesse cherche des bénévoles",
        "Un règlement sur le bruit divise les voisins du parc",
    ),
    "en": (
        "Three wharves on the north shore will close for repairs",
        "Airline cuts two of its five weekly flights to the island",
        "School board looks for a teacher who can also drive a boat",
    ),
}


def page(story: Story, inserts: dict[int, str], *, below: str = "") -> str:
    """An article without JSON-LD: `inserts` after the paragraphs with those numbers, -1 before all, `below` last."""
    lines = [inserts.get(-1, "")]
    for number, line in enumerate(story.text):
        lines += [f"<p>{line}</p>", inserts.get(number, "")]
    return f"""<!DOCTYPE html><html lang="{story.lang}"><head><title>{story.headline} | Le Large</title>
<meta property="og:title" content="{story.headline}"><meta property="og:site_name" content="Le Large">
<meta property="og:description" content="{story.deck}"></head><body><header class="site-header"><nav><a href="/">Le Large</a>
<a href="/s">Sports</a></nav></header><main><article class="article"><header class="article-header"><h1>{story.headline}</h1>
<p class="article-lead">{story.deck}</p><div class="article-meta"><span class="byline">{story.by}</span>
<span class="article-date">{story.day}</span></div></header><div class="article-content">{"".join(lines)}{below}</div></article></main>
<footer class="site-footer"><p>© Le Large</p></footer></body></html>"""


def read(story: Story, inserts: dict[int, str], *, below: str = "", markup: str = "") -> dict[str, Any]:
    """The page's record, or that of `markup` in its place, with all but the body as a reader sees it."""
    markup = markup or page(story, inserts, below=below)
    found = extracted(markup.encode(), url="https://journal.example/local/story/", outlet=None, fetched_at=AT)
    assert found["error"] is None
    assert found["headline"] == story.headline
    assert found["deck"] == story.deck
    assert found["authors"] == [story.author]
    assert found["published_day"] == "2026-03-07"
    return found


def paragraphs(found: dict[str, Any]) -> list[str]:
    lines: list[str] = found["body"].split("\n\n")
    return lines


in_both = pytest.mark.parametrize("story", STORIES, ids=[story.lang for story in STORIES])
SHOTS = {
    "fr": ("La patinoire, un matin de redoux.", "Le parc des Bouleaux vu du clocher.", "L’entraîneur Demers et son équipe."),
    "en": ("The wharf at Cape Sorrow, in fog.", "Elias Pike stocks his shelves.", "The hull in its Norwegian yard."),
}  # fmt: skip


def blocks_gallery(story: Story) -> str:
    shots = "".join(
        f'<figure class="wp-block-image size-large"><img src="/{i}.jpg" alt=""><figcaption class="wp-element-caption">{shot} '
        f"Photo : Anne Lajoie</figcaption></figure>"
        for i, shot in enumerate(SHOTS[story.lang])
    )
    return f'<figure class="wp-block-gallery has-nested-images columns-3 is-cropped">{shots}</figure>'


def slides(story: Story) -> str:
    title, forth = ("Galerie photos", "Suivante") if story.lang == "fr" else ("Photo gallery", "Next")
    shots = "".join(
        f'<div class="gallery__slide"><img src="/{i}.jpg" alt=""><div class="gallery__counter">{i + 1} / 3</div>'
        f'<div class="gallery__caption"><span class="gallery__text">{shot}</span> <span class="gallery__credit">Anne Lajoie</span></div></div>'
        for i, shot in enumerate(SHOTS[story.lang])
    )
    return f'<div class="gallery"><h3 class="gallery__title">{title}</h3>{shots}<button type="button">{forth}</button></div>'


def old_gallery(story: Story) -> str:
    return "".join(
        f'<dl class="gallery-item"><dt class="gallery-icon landscape"><a href="/{i}.jpg"><img src="/{i}-150x150.jpg" alt=""></a></dt>'
        f'<dd class="wp-caption-text gallery-caption">{shot}</dd></dl>'
        for i, shot in enumerate(SHOTS[story.lang])
    ).join(('<div id="gallery-1" class="gallery galleryid-812 gallery-columns-3">', "</div>"))


@in_both
@pytest.mark.parametrize("gallery", [blocks_gallery, slides, old_gallery])
def test_a_gallery_s_captions_are_kept_apart(gallery: Any, story: Story) -> None:
    found = read(story, {2: gallery(story)})
    assert paragraphs(found) == list(story.text)
    told = " ".join(caption["text"] for caption in found["captions"])
    assert all(shot in told for shot in SHOTS[story.lang])


ENTRIES = {
    "fr": (
        ("Le vote est commencé", "Les élus ont pris place à l’avant de la salle, et le greffier lit le règlement à voix haute."),
        ("Une première question", "Une mère de famille demande si la glace sera réservée aux équipes les fins de semaine."),
    ),
    "en": (
        ("The minister arrives", "The minister came by the last plane and walked the mile from the airstrip to the hall."),
        ("First questions", "A fisherman asks whether the new hull can carry his truck together with its trailer."),
    ),
}  # fmt: skip


def live_entries(story: Story) -> str:
    (title, line), (second, other) = ENTRIES[story.lang]
    clock = ("10 h 42", "10 h 15") if story.lang == "fr" else ("10:42 a.m.", "10:15 a.m.")
    return "".join(
        f'<section class="live-entry" id="e{i}"><time class="live-entry__time" datetime="2026-03-08T{hour}:00-05:00">{shown}</time>'
        f'<h2 class="live-entry__title">{heading}</h2><div class="live-entry__text"><p>{text}</p></div></section>'
        for i, (shown, hour, heading, text) in enumerate(
            ((clock[0], "10:42", title, line), (clock[1], "10:15", second, other))
        )
    )


@in_both
def test_a_live_report_keeps_its_entries_and_the_day_of_its_own(story: Story) -> None:
    lines = paragraphs(read(story, {}, below=live_entries(story)))
    (title, line), (second, other) = ENTRIES[story.lang]
    assert [text for text in lines if not text[0].isdigit()] == [*story.text, title, line, second, other]


BOXES = {
    "fr": (
        "La patinoire en chiffres",
        ("4 millions de dollars d’emprunt", "7 mois de travaux", "24 parties par hiver"),
    ),
    "en": ("The ferry by the numbers", ("40 cars on its deck", "12 crossings lost to storms", "200 winter islanders")),
}


@in_both
def test_a_box_aside_is_apart_and_one_in_the_text_is_part_of_it(story: Story) -> None:
    title, facts = BOXES[story.lang]
    items = "".join(f"<li>{fact}</li>" for fact in facts)
    apart = read(story, {3: f'<aside class="encadre"><h3>{title}</h3><ul>{items}</ul></aside>'})
    assert paragraphs(apart) == list(story.text)
    inside = read(story, {3: f'<div class="article-box"><h3>{title}</h3><ul>{items}</ul></div>'})
    assert paragraphs(inside) == [*story.text[:4], title, *facts, *story.text[4:]]


POLLS = {
    "fr": (
        "Patinerez-vous sous le nouveau toit ?",
        ("Oui, toutes les semaines", "Non, jamais"),
        "Voter",
        "1 204 votes",
    ),
    "en": ("Will you cross in the winter?", ("Yes, every week", "No, never"), "Vote", "1,204 votes"),
}


def poll_form(story: Story) -> str:
    question, answers, vote, _ = POLLS[story.lang]
    labels = "".join(f'<label><input type="radio" name="p"> {answer}</label>' for answer in answers)
    return (
        f'<div class="article-block"><form action="/poll"><p>{question}</p>{labels}<button>{vote}</button></form></div>'
    )


def poll_results(story: Story) -> str:
    question, answers, _, votes = POLLS[story.lang]
    items = "".join(f'<li><small>{answer} <i>(62%)</i></small><div class="pollbar"></div></li>' for answer in answers)
    return f'<div id="polls-3" class="wp-polls"><p><strong>{question}</strong></p><ul class="wp-polls-ul">{items}</ul><p>{votes}</p></div>'


@in_both
@pytest.mark.parametrize("poll", [poll_form, poll_results])
def test_a_poll_is_no_part_of_the_text(poll: Any, story: Story) -> None:
    assert paragraphs(read(story, {1: poll(story)})) == list(story.text)


LETTERS = {
    "fr": ("L’essentiel du matin", "Inscrivez-vous à notre infolettre", "Chaque jour à six heures, ce qu’il faut savoir.", "Je m’inscris"),
    "en": ("The Morning Bell", "Sign up for our newsletter", "What you need to know, every day at six.", "Count me in"),
}  # fmt: skip


def mailchimp(story: Story) -> str:
    name, call, line, button = LETTERS[story.lang]
    return (
        f'<div id="mc_embed_signup"><h2>{name}</h2><p>{call}</p><p>{line}</p><form action="/subscribe" method="post">'
        f'<input type="email" name="EMAIL"><button>{button}</button></form></div>'
    )


def letter_block(story: Story) -> str:
    name, call, line, button = LETTERS[story.lang]
    return (
        f'<div class="jetpack-subscription-container wp-block-jetpack-subscriptions"><h4>{name}</h4><p>{call}. {line}</p>'
        f'<form><input type="email"><button type="submit">{button}</button></form></div>'
    )


@in_both
@pytest.mark.parametrize("letter", [mailchimp, letter_block])
@pytest.mark.parametrize("after", [0, 3, 5])
def test_a_newsletter_s_form_is_no_part_of_the_text(letter: Any, after: int, story: Story) -> None:
    assert paragraphs(read(story, {after: letter(story)})) == list(story.text)


@in_both
@pytest.mark.parametrize(
    "box",
    [
        '<figure class="wp-block-pullquote"><blockquote><p>{quote}</p><cite>{who}</cite></blockquote></figure>',
        '<blockquote class="exergue"><p>« {quote} »</p></blockquote>',
        '<div class="pull-quote"><span class="pull-quote__text">“{quote}”</span></div>',
        '<aside class="pullquote"><p>{quote}</p></aside>',
    ],
)
def test_a_quotation_set_large_stands_once(box: str, story: Story) -> None:
    who = "Olivier Demers" if story.lang == "fr" else "Elias Pike"
    assert paragraphs(read(story, {4: box.format(quote=story.quote, who=who)})) == list(story.text)


SEE = {"fr": ("À lire aussi", "Lire aussi", "À LIRE ÉGALEMENT"), "en": ("Read also", "Read more", "RELATED")}


@in_both
@pytest.mark.parametrize(
    "link",
    [
        '<p><strong>{0} :</strong> <a href="/a">{title}</a></p>',
        '<p><em>{1} : <a href="/a">{title}</a></em></p>',
        '<p>{2} | <a href="/a">{title}</a></p>',
        '<p><a href="/a"><strong>{0} : {title}</strong></a></p>',
        '<p>→ <a href="/a">{title}</a></p>',
        '<div class="read-also"><span>{0}</span><ul><li><a href="/a">{title}</a></li></ul></div>',
        '<figure class="wp-block-embed is-type-wp-embed is-provider-le-large"><div class="wp-block-embed__wrapper">'
        '<blockquote class="wp-embedded-content" data-secret="x"><a href="/a">{title}</a></blockquote>'
        '<iframe src="/a/embed/#?secret=x" class="wp-embedded-content"></iframe></div></figure>',
        '<p><strong>{1}</strong></p><ul><li><a href="/a">{title}</a></li><li><a href="/b">{other}</a></li></ul>',
    ],
)
def test_links_to_other_articles_between_paragraphs_are_no_part_of_the_text(link: str, story: Story) -> None:
    title, other, _ = OTHERS[story.lang]
    assert paragraphs(read(story, {2: link.format(*SEE[story.lang], title=title, other=other)})) == list(story.text)


ROWS = {
    "fr": (("Équipe", "Victoires", "Défaites"), ("Val-Brossard", "8", "3"), ("Lac-aux-Loups", "6", "5")),
    "en": (("Route", "Summer", "Winter"), ("Cape Sorrow", "14", "6"), ("Pike Harbour", "7", "2")),
}


@in_both
@pytest.mark.parametrize("wrapped", [False, True])
def test_a_table_is_part_of_the_text_where_it_stands(wrapped: bool, story: Story) -> None:
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS[story.lang])
    table = f"<table><tbody>{rows}</tbody></table>"
    lines = paragraphs(read(story, {3: f'<figure class="wp-block-table">{table}</figure>' if wrapped else table}))
    assert lines[:4] == list(story.text[:4])
    assert lines[-2:] == list(story.text[4:])
    assert " ".join(lines[4:-2]).split() == " ".join(cell for row in ROWS[story.lang] for cell in row).split()


CLIPS = {"fr": "Vidéo : une visite du chantier avec l’ingénieure.", "en": "Video: a tour of the hull with her captain."}


@in_both
@pytest.mark.parametrize(
    "video",
    [
        '<figure class="wp-block-video"><video controls src="/v.mp4"></video><figcaption>{caption}</figcaption></figure>',
        '<div class="video-player"><video src="/v.mp4"></video><div class="video-caption">{caption}</div></div>',
        '<figure class="media media--video"><div class="player"><iframe src="/embed"></iframe></div><figcaption class="media__caption">'
        '<span>{caption}</span><span class="media__duration">2:31</span></figcaption></figure>',
    ],
)
def test_a_video_s_caption_is_kept_apart(video: str, story: Story) -> None:
    caption = CLIPS[story.lang]
    found = read(story, {1: video.format(caption=caption)})
    assert paragraphs(found) == list(story.text)
    assert any(caption in shown["text"] for shown in found["captions"])


NOTICES = {
    "fr": (
        "Une version précédente de ce texte indiquait que le toit coûterait trois millions de dollars. Nos excuses.",
        "Rectificatif : le chantier commencera en mai, et non en juin comme nous l’avons écrit.",
        "Mise à jour : ce texte a été modifié le 8 mars pour préciser le nombre de parties jouées l’hiver dernier.",
    ),
    "en": (
        "An earlier version of this story said that the hull was bought in Denmark. It was bought in Norway.",
        "Correction: the fare will be set in April, not in May as this article first said.",
        "Clarification: this story was updated on March 8 to say how many people live on the island in winter.",
    ),
}


@in_both
@pytest.mark.parametrize("which", [0, 1, 2])
@pytest.mark.parametrize(
    "markup",
    [
        "<p><em>{notice}</em></p>",
        '<p class="correction">{notice}</p>',
        '<hr><div class="article-correction"><p>{notice}</p></div>',
    ],
)
def test_a_correction_at_the_end_is_part_of_the_text(markup: str, which: int, story: Story) -> None:
    notice = NOTICES[story.lang][which]
    assert paragraphs(read(story, {}, below=markup.format(notice=notice))) == [*story.text, notice]


def test_an_icon_amid_a_sentence_parts_nothing() -> None:
    icon = '<span class="icon"><svg aria-hidden="true" width="16"><use href="#external"></use></svg></span>'
    linked = f'Le <a href="https://ville.example/plan">plan du parc{icon}</a>, déposé mardi, sera affiché à la mairie.'
    lines = paragraphs(read(FRENCH, {2: f"<p>{linked}</p>"}))
    assert lines[3] == "Le plan du parc, déposé mardi, sera affiché à la mairie."

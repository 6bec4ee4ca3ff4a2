"""One story in the markup of ten popular systems, each with the traps of its kind: what a reader would call the article."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from newsmon.extraction import extracted

AT = datetime(2026, 3, 10, 15, tzinfo=UTC)


@dataclass(frozen=True)
class Story:
    """What is printed, and what must be read of it; a line that starts with "## " is a subheading."""

    lang: str
    headline: str
    deck: str
    author: str
    by: str
    text: tuple[str, ...]
    items: tuple[str, str, str]
    quote: str
    caption: str
    credit: str
    related: tuple[str, str, str]
    box: tuple[str, str]
    site: str


FRENCH = Story(
    lang="fr",
    headline="Le bac de Port-Ménard reprend la mer après deux hivers à quai",
    deck="La traverse rouvre samedi avec un équipage renouvelé et un horaire réduit de moitié.",
    author="Maude Arsenault-Roy",
    by="Par Maude Arsenault-Roy",
    text=(
        "Le bac qui relie Port-Ménard à l’île aux Foins quittera de nouveau son quai samedi matin, deux ans après l’avarie "
        "qui l’avait immobilisé.",
        "La municipalité a payé la moitié des réparations, soit un peu plus de trois millions de dollars, à même son fonds "
        "de prévoyance.",
        "## Un horaire à apprivoiser",
        "Les départs se feront aux deux heures plutôt qu’aux heures, le temps de former trois nouveaux matelots, explique "
        "la capitaine Édith Lebrun.",
        "« On préfère partir moins souvent, mais partir à coup sûr », dit-elle en montrant la salle des machines, repeinte "
        "de neuf.",
        "Les insulaires devront réserver leur place pour trois services :",
        "## Des commerçants soulagés",
        "À l’épicerie du quai, Norbert Gaudet calcule qu’il a perdu le tiers de ses clients pendant l’arrêt du service.",
        "Un comité de citoyens publiera en juin le bilan des cent premiers jours, et le conseil décidera alors de la suite.",
    ),
    items=(
        "le passage des camions de plus de dix tonnes;",
        "les traversées scolaires du matin;",
        "le retour des groupes.",
    ),
    quote="On préfère partir moins souvent, mais partir à coup sûr",
    caption="Le bac à son quai d’attache, jeudi, avant les derniers essais.",
    credit="Photo : Claude Mercure",
    related=(
        "La marina de Port-Ménard cherche un gérant pour la saison",
        "Trois maires réclament un pont permanent vers l’île",
        "Le phare sera repeint par des bénévoles au mois d’août",
    ),
    box=("Recevez notre infolettre", "Chaque matin, l’essentiel de la côte dans votre boîte de réception, sans frais."),
    site="Le Courrier du Large",
)
ENGLISH = Story(
    lang="en",
    headline="Harbour council votes to keep the old fish market open for another year",
    deck="The vote was close, and the tenants must now find half of the money for the roof.",
    author="Hollis Brandt",
    by="By Hollis Brandt",
    text=(
        "The old fish market on Pier Street will stay open for at least another year after councillors voted six to five "
        "on Monday night.",
        "Tenants have until October to raise half of the four hundred thousand dollars that a new roof is expected to "
        "cost.",
        "## A long evening",
        "More than forty people spoke before the vote, and most of them asked the council to leave the market where it "
        "is, said clerk Dora Whitcombe.",
        "“My father sold cod from that stall, and I would like my daughter to have the choice,” said fishmonger Abel "
        "Turner.",
        "The tenants’ association said it would pay for three things first:",
        "## What happens next",
        "An engineer will look at the beams in April, and her report will be read at a public meeting in the parish hall.",
        "Mayor Ruth Okafor said the council would not be asked to vote again before the autumn, whatever the report says.",
    ),
    items=("the north gutter and its brackets;", "two of the four skylights;", "the wiring above the ice room."),
    quote="I would like my daughter to have the choice",
    caption="The fish market on Pier Street, seen from the ferry steps.",
    credit="Photo: Inez Calloway",
    related=(
        "Ferry workers reach a deal hours before the strike deadline",
        "Why the price of lobster doubled in a single season",
        "Five walks along the harbour that few visitors know",
    ),
    box=("Sign up for our newsletter", "Get the day’s top stories delivered to your inbox every morning for free."),
    site="The Pier Gazette",
)
STORIES = [FRENCH, ENGLISH]

WORDS = {
    "fr": {
        "related": "À lire aussi", "more": "Plus de nouvelles", "share": "Partager cet article", "ad": "Publicité",
        "follow": "Suivez-nous sur Facebook", "rights": "© 2026 Tous droits réservés", "comments": "Commentaires",
        "day": "le 7 mars 2026", "read": "4 min de lecture", "skip": "La suite après la publicité",
    },
    "en": {
        "related": "Related", "more": "More from The Pier Gazette", "share": "Share this article", "ad": "Advertisement",
        "follow": "Follow us on Facebook", "rights": "Copyright 2026. All rights reserved", "comments": "Comments",
        "day": "March 7, 2026", "read": "4 min read", "skip": "Article continues below advertisement",
    },
}  # fmt: skip


def _head(story: Story, *, told: bool = True) -> str:
    author = f'<meta name="author" content="{story.author}">' if told else ""
    return (
        f'<!doctype html><html lang="{story.lang}"><head><meta charset="utf-8"><title>{story.headline} - {story.site}</title>'
        f'<meta property="og:site_name" content="{story.site}"><meta property="og:title" content="{story.headline}">'
        f'<meta property="og:type" content="article">{author}</head>'
    )


def _paragraphs(story: Story, *, tag: str = "p", head: str = "h2", after: dict[int, str], list_at: int = 5) -> str:
    """The text in order; `after` puts traps behind the block of that number, the list stands behind `list_at`."""
    parts = []
    for i, line in enumerate(story.text):
        parts.append(f"<{head}>{line[3:]}</{head}>" if line.startswith("## ") else f"<{tag}>{line}</{tag}>")
        if i == list_at:
            parts.append("<ul>" + "".join(f"<li>{item}</li>" for item in story.items) + "</ul>")
        parts.append(after.get(i, ""))
    return "\n".join(parts)


def _links(story: Story, item: str = "li") -> str:
    return "".join(f'<{item}><a href="/a/{i}">{title}</a></{item}>' for i, title in enumerate(story.related))


def wordpress_blocks(story: Story) -> str:
    """A block theme: group and columns, a pull quote, related posts as a list within the content."""
    w = WORDS[story.lang]
    after = {
        1: f'<figure class="wp-block-pullquote"><blockquote><p>{story.quote}</p></blockquote></figure>',
        3: f'<div class="wp-block-group has-background"><p class="has-text-align-center"><strong>{w["related"]}</strong></p>'
        f'<ul class="wp-block-latest-posts__list wp-block-latest-posts">{_links(story)}</ul></div>',
        7: f'<div class="wp-block-jetpack-subscriptions"><h3>{story.box[0]}</h3><p>{story.box[1]}</p></div>',
    }
    return f"""{_head(story)}<body class="wp-site-blocks"><header class="wp-block-template-part"><nav>{_links(story)}</nav></header>
<main class="wp-block-group"><h1 class="wp-block-post-title">{story.headline}</h1>
<div class="wp-block-template-part"><div class="wp-block-post-date"><time datetime="2026-03-07T09:00:00-05:00">{w["day"]}</time></div>
<div class="wp-block-post-author"><p class="wp-block-post-author__name">{story.author}</p></div></div>
<figure class="wp-block-post-featured-image"><img src="/a.jpg"><figcaption>{story.caption} {story.credit}</figcaption></figure>
<div class="entry-content wp-block-post-content"><p class="chapo">{story.deck}</p>{_paragraphs(story, after=after)}</div>
<div class="wp-block-comments"><h2>{w["comments"]}</h2></div></main>
<footer class="wp-block-template-part"><p>{w["rights"]}</p></footer></body></html>"""


def newspack(story: Story) -> str:
    """Newspack: a subtitle, an author bio below, a homepage-articles block and a donate block in the middle."""
    w = WORDS[story.lang]
    teaser = "".join(
        f'<article><div class="entry-wrapper"><h2 class="entry-title"><a href="/b/{i}">{t}</a></h2>'
        f'<div class="entry-meta"><span class="byline">{story.by}</span></div></div></article>'
        for i, t in enumerate(story.related)
    )
    after = {
        2: f'<div class="wp-block-newspack-blocks-homepage-articles wpnbha"><h2 class="article-section-title">{w["more"]}</h2>{teaser}</div>',
        6: f'<div class="newspack-popup-container"><div class="newspack-popup"><h4>{story.box[0]}</h4><p>{story.box[1]}</p></div></div>',
    }
    return f"""{_head(story)}<body class="post-template-default single"><div id="page"><main id="main"><article class="post">
<header class="entry-header"><div class="cat-links"><a href="/x">Local</a></div><h1 class="entry-title">{story.headline}</h1>
<div class="newspack-post-subtitle">{story.deck}</div><div class="entry-subhead"><div class="entry-meta">
<span class="byline">{story.by.split()[0].lower()} <a class="url fn n" href="/author/x">{story.author}</a></span>
<span class="posted-on"><time datetime="2026-03-07T09:00:00-05:00">{w["day"]}</time></span></div>
<div class="sharedaddy"><h3 class="sd-title">{w["share"]}</h3><ul><li><a href="#">Facebook</a></li></ul></div></div></header>
<figure class="post-thumbnail"><img src="/a.jpg"><figcaption><span>{story.caption}</span> <span class="image-credit">{story.credit}</span></figcaption></figure>
<div class="entry-content">{_paragraphs(story, after=after)}</div>
<div class="author-bio"><h2>{story.author}</h2><p>{story.author} lives by the sea and has written about boats and harbours since 2009.</p></div>
</article><section class="jp-relatedposts"><h3>{w["related"]}</h3>{_links(story, "p")}</section></main></div></body></html>"""


def drupal(story: Story) -> str:
    """Drupal: fields in fields, the text in one of them, a related block as a field of the node."""
    w = WORDS[story.lang]
    after = {4: f'<div class="field field--name-field-related field--type-entity-reference"><div class="field__label">{w["related"]}</div>'
                f'<div class="field__items">{_links(story, "div")}</div></div>'}  # fmt: skip
    return f"""{_head(story)}<body class="path-node page-node-type-article"><div class="layout-container"><div class="region region-breadcrumb">
<nav class="breadcrumb"><ol><li><a href="/">Accueil</a></li></ol></nav></div><main role="main"><div class="layout-content">
<div class="block block-page-title-block"><h1 class="page-title"><span>{story.headline}</span></h1></div>
<article class="node node--type-article node--view-mode-full"><footer class="node__meta"><div class="node__submitted">{story.by}, {w["day"]}</div></footer>
<div class="node__content"><div class="field field--name-field-chapeau"><div class="field__item">{story.deck}</div></div>
<div class="field field--name-field-image"><img src="/i.jpg"><div class="field--name-field-legende legende">{story.caption} <em>{story.credit}</em></div></div>
<div class="clearfix text-formatted field field--name-body field--type-text-with-summary">{_paragraphs(story, head="h3", after=after)}</div>
<div class="field field--name-field-tags"><div class="field__label">Tags</div><div class="field__items"><a href="/t">Transport</a></div></div>
<ul class="links inline"><li class="comment-forbidden"><a href="/user/login">Log in to post comments</a></li></ul></div></article></div></main></div></body></html>"""


def arc(story: Story) -> str:
    """Arc: hashed style classes, an interstitial link between paragraphs, promo boxes and an advertisement."""
    w = WORDS[story.lang]
    after = {
        1: f'<div class="b-it__ad arcad-feature"><span class="arcad-label">{w["ad"]}</span></div>',
        3: f'<p class="c-paragraph"><b>{w["related"]}: </b><a href="/c/1"><b>{story.related[0]}</b></a></p>',
        4: f'<div class="c-stack b-article-body__promo"><h2 class="c-heading">{w["more"]}</h2>{_links(story, "div")}</div>',
        7: f'<p class="c-paragraph"><i>{w["skip"]}</i></p>',
    }
    return f"""{_head(story)}<body><div id="fusion-app" class="b-right-rail"><nav>{_links(story)}</nav><section role="main" id="main">
<article class="c-stack b-right-rail__main"><div class="b-headline"><h1 class="c-heading b-headline__text">{story.headline}</h1></div>
<h2 class="b-subheadline c-heading deck">{story.deck}</h2><div class="b-byline"><span class="b-byline__by">{story.by.split()[0]}</span>
<span class="b-byline__names"><a class="c-link" href="/author/x">{story.author}</a></span></div><time datetime="2026-03-07T14:00:00Z">{w["day"]}</time>
<div class="b-lead-art"><figure class="c-media-item"><img src="/a.jpg"><figcaption class="c-media-item__fig-caption">
<span class="c-media-item__caption">{story.caption}</span> <span class="c-media-item__credit">({story.credit})</span></figcaption></figure></div>
<div class="c-stack article-body-wrapper">{_paragraphs(story, after=after)}</div></article>
<aside class="b-right-rail__rail"><h3>{w["more"]}</h3>{_links(story, "div")}</aside></section></div></body></html>"""


def ghost(story: Story) -> str:
    """Ghost: koenig cards, a bookmark card, a sign-up card, a toggle."""
    after = {
        1: f'<figure class="kg-card kg-bookmark-card"><a class="kg-bookmark-container" href="/d"><div class="kg-bookmark-content">'
        f'<div class="kg-bookmark-title">{story.related[1]}</div><div class="kg-bookmark-description">{story.box[1]}</div></div></a></figure>',
        6: f'<div class="kg-card kg-signup-card"><div class="kg-signup-card-text"><h2 class="kg-signup-card-heading">{story.box[0]}</h2>'
        f'<p class="kg-signup-card-subheading">{story.box[1]}</p></div></div>',
    }
    return f"""{_head(story)}<body class="post-template"><div class="gh-viewport"><main class="gh-main"><article class="gh-article post">
<header class="gh-article-header"><h1 class="gh-article-title is-title">{story.headline}</h1><p class="gh-article-excerpt is-body">{story.deck}</p>
<div class="gh-article-meta"><h4 class="gh-article-author-name"><a href="/author/x/">{story.author}</a></h4>
<div class="gh-article-meta-content"><time class="gh-article-meta-date" datetime="2026-03-07">{WORDS[story.lang]["day"]}</time>
<span class="gh-article-meta-length">— {WORDS[story.lang]["read"]}</span></div></div>
<figure class="gh-article-image"><img src="/a.jpg"><figcaption>{story.caption} / {story.credit}</figcaption></figure></header>
<section class="gh-content gh-canvas">{_paragraphs(story, after=after)}</section></article>
<section class="gh-container is-grid"><h2 class="gh-container-title">Read more</h2>{_links(story, "h3")}</section></main></div></body></html>"""


def squarespace(story: Story) -> str:
    """Squarespace: the text split over several blocks, a summary block between them, a title that is repeated."""
    cut = 4
    first, second = (
        _paragraphs(story_part, after={}, list_at=at)
        for story_part, at in (
            (_part(story, 0, cut), -1),
            (_part(story, cut, len(story.text)), 5 - cut),
        )
    )

    def block(inner: str) -> str:
        return f'<div class="sqs-block html-block sqs-block-html"><div class="sqs-block-content"><div class="sqs-html-content">{inner}</div></div></div>'

    return f"""{_head(story)}<body><div id="siteWrapper"><main id="page"><article class="BlogItem h-entry">
<div class="blog-item-top-wrapper"><div class="blog-item-title"><h1 class="entry-title">{story.headline}</h1></div>
<div class="blog-meta-item--author"><span>{story.author}</span></div><time class="dt-published">{WORDS[story.lang]["day"]}</time></div>
<div class="blog-item-content e-content"><div class="sqs-layout sqs-grid-12"><div class="row"><div class="col sqs-col-12">
{block(f"<h2>{story.headline}</h2>" + first)}<div class="sqs-block summary-v2-block sqs-block-summary-v2"><div class="summary-heading">Featured</div>
<div class="summary-item-list">{_links(story, "div")}</div></div>{block(second)}
<div class="sqs-block newsletter-block"><h2>{story.box[0]}</h2><p>{story.box[1]}</p></div></div></div></div></div></article></main></div></body></html>"""


def div_soup(story: Story) -> str:
    """Wix-like: nothing but spans in divs with generated names, no <p> at all."""
    lines = []
    for i, line in enumerate(story.text):
        text = line.removeprefix("## ")
        tag = "h2" if line.startswith("## ") else "div"
        lines.append(f'<{tag} class="_3XoY" id="viewer-{i}"><span class="_2Pho">{text}</span></{tag}>')
        if i == 5:
            lines += [f'<ul class="_1rG"><li class="_9c"><span>{item}</span></li></ul>' for item in story.items]
    return f"""{_head(story)}<body><div id="SITE_CONTAINER"><div class="_c0"><div class="_m1"><a href="/">Home</a> <a href="/b">Blog</a></div>
<div class="_p7"><div class="_a1"><span>{story.author}</span><span> · </span><span title="2026-03-07">{WORDS[story.lang]["read"]}</span></div>
<h1 class="_t9"><span>{story.headline}</span></h1><div class="_x22"><div class="_content">{"".join(lines)}</div></div>
<div class="_tags"><a href="/t/1">bateaux</a> <a href="/t/2">boats</a></div><div class="_soc"><span>12 views</span> <span>0 comments</span></div></div>
<div class="_rp"><div>Recent Posts</div>{_links(story, "div")}</div></div></div></body></html>"""


def brightspot(story: Story) -> str:
    """Brightspot: enhancements between the paragraphs, a gallery with its captions, a promo."""
    w = WORDS[story.lang]
    after = {
        0: f'<div class="Enhancement"><div class="Enhancement-item"><figure class="Figure"><img src="/g.jpg"><figcaption class="Figure-caption">'
        f'{story.caption} <span class="Figure-credit">{story.credit}</span></figcaption></figure></div></div>',
        3: f'<div class="Enhancement" data-align-center><div class="Enhancement-item"><div class="PromoA"><div class="PromoA-title">'
        f'<a href="/p/1">{story.related[2]}</a></div><div class="PromoA-description">{story.box[1]}</div></div></div></div>',
        6: '<div class="Enhancement"><div class="Enhancement-item"><blockquote class="twitter-tweet"><p>Le traversier flotte, enfin ! '
        'Bravo à tous ! pic.twitter.com/abc123</p>&mdash; Le quai (@lequai) <a href="https://twitter.com/lequai">7 mars 2026</a></blockquote></div></div>',
    }
    return f"""{_head(story)}<body class="Page-body"><main class="ArticlePage-main"><article class="ArticlePage-mainContent">
<h1 class="ArticlePage-headline">{story.headline}</h1><h2 class="ArticlePage-subHeadline">{story.deck}</h2>
<div class="ArticlePage-byline"><div class="ArticlePage-authorName">{story.by.split()[0]} <a class="Link" href="/by/x">{story.author}</a></div></div>
<div class="ArticlePage-datePublished">{w["day"]}</div><div class="SocialBar"><a href="#">Facebook</a></div>
<div class="ArticlePage-articleBody"><div class="RichTextArticleBody RichTextBody">{_paragraphs(story, after=after)}</div></div>
<div class="ArticlePage-tags">Tags <a href="/t">Transport</a></div></article><aside class="Page-aside"><h3>{w["more"]}</h3>{_links(story)}</aside></main></body></html>"""


def substack(story: Story) -> str:
    """Substack: subscribe widgets in the text, a pull quote as a div, a share button between paragraphs."""
    widget = (
        f'<div class="subscription-widget-wrap"><div class="subscription-widget show-subscribe"><div class="preamble"><p class="cta-caption">'
        f"{story.box[1]}</p></div></div></div>"
    )
    after = {
        1: widget,
        4: f'<div class="pullquote"><p>{story.quote}</p></div>',
        7: '<p class="button-wrapper"><a class="button primary" href="/share"><span>Share</span></a></p>',
    }
    return f"""{_head(story)}<body><div id="entry"><div class="single-post-container"><article class="typography newsletter-post post">
<div class="post-header"><h1 class="post-title published">{story.headline}</h1><h3 class="subtitle">{story.deck}</h3>
<div class="byline-wrapper"><div class="profile-hover-card-target"><a href="/@x">{story.author}</a></div><div>{WORDS[story.lang]["day"]}</div></div></div>
<div class="available-content"><div dir="auto" class="body markup">{_paragraphs(story, head="h3", after=after)}</div></div>
<div class="post-footer"><a>12 Likes</a></div></article><div class="comments-section"><h4>Discussion about this post</h4></div></div></div></body></html>"""


def tables(story: Story) -> str:
    """2008: tables in tables, fonts, line breaks, nothing told to machines."""
    lines = [f"<b>{line[3:]}</b>" if line.startswith("## ") else line for line in story.text]
    text = "<br><br>\n".join(lines)
    return f"""<html><head><title>{story.site} : {story.headline}</title></head><body bgcolor="#FFFFFF"><table width="760"><tr><td colspan="2">
<font size="1"><a href="/">Accueil</a> | <a href="/s">Sports</a> | <a href="/c">Culture</a> | <a href="/contact">Nous joindre</a></font></td></tr>
<tr><td width="160" valign="top">{"<br>".join(f'<a href="/r/{i}">{t}</a>' for i, t in enumerate(story.related))}</td>
<td valign="top"><h1><font face="Georgia" size="5">{story.headline}</font></h1><font size="2">{story.by}</font><br><br>
<font face="Arial" size="2">{text}</font></td></tr><tr><td colspan="2" align="center"><font size="1">{WORDS[story.lang]["rights"]}</font></td></tr></table></body></html>"""


def _part(story: Story, start: int, stop: int) -> Story:
    return Story(
        **{**{name: getattr(story, name) for name in Story.__dataclass_fields__}, "text": story.text[start:stop]}
    )


THEMES = [wordpress_blocks, newspack, drupal, arc, ghost, squarespace, div_soup, brightspot, substack, tables]
WITHOUT_DECK = {squarespace, div_soup, tables}
WITHOUT_CAPTION = {squarespace, div_soup, substack, tables}
WITHOUT_LIST = {tables}


def _expected(story: Story, theme: object) -> list[str]:
    lines = [line.removeprefix("## ") for line in story.text]
    return lines if theme in WITHOUT_LIST else [*lines[:6], *story.items, *lines[6:]]


@pytest.mark.parametrize("story", STORIES, ids=[story.lang for story in STORIES])
@pytest.mark.parametrize("theme", THEMES, ids=[theme.__name__ for theme in THEMES])
def test_a_reader_gets_the_article_and_nothing_else(theme: Callable[[Story], str], story: Story) -> None:
    read = extracted(theme(story).encode(), url="https://journal.example/local/story/", outlet=None, fetched_at=AT)
    assert read["error"] is None
    assert read["headline"] == story.headline
    assert read["body"].split("\n\n") == _expected(story, theme)
    assert read["deck"] == (None if theme in WITHOUT_DECK else story.deck)
    assert read["authors"] == [story.author]
    if theme not in WITHOUT_CAPTION:
        assert any(story.caption.rstrip(".") in caption["text"] for caption in read["captions"])

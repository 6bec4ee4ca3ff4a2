"""A page saved as plain text: no markup tells the article from what stands around it, only what the lines say."""

from __future__ import annotations

import re

from newsmon.items import Article, Caption, DateSource, DateString, Page
from newsmon.page.boilerplate import ends_article, is_boilerplate_line
from newsmon.page.breadcrumbs import is_trail, repeated_at, section_of
from newsmon.page.texts import key
from newsmon.text.bylines import is_attribution_line, split_credit
from newsmon.text.clean import clean_line
from newsmon.text.datelines import read_dateline
from newsmon.text.language import find_language
from newsmon.text.urls import canonical_url

_WEATHER_RE = re.compile(r"[-−+]?\d{1,2}(?:[.,]\d)?\s*°?\s*[CF]?\b\W*\Z")
_DATE_HINT_RE = re.compile(
    r"\b(?:janv|f[ée]v|mars|avr|mai|juin|juil|ao[uû]t|sept|oct|nov|d[ée]c|jan|feb|apr|may|jun|jul|aug|dec)|"
    r"\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{4}|\bil y a\b|\bhier\b|\baujourd",
    re.I,
)
_LABEL_RE = re.compile(r"^(?:publi|mis|modifi|mise|published|updated|posted|par\b|le\b|date)", re.I)
_BYLINE_RE = re.compile(r"^(?:un\s+(?:texte|reportage|article)\s+de|par|by|texte\s*:)\s+\S", re.I)
_SENTENCE_END_RE = re.compile(r"[.!?…:»\"”)]\W*\Z")
HEAD_LINES = 30
"""How far down a headline may stand."""
PROSE_WORDS = 12


def read_plaintext(page: Page, text: str) -> Article:
    """The article of a plain-text dump."""
    lines = [line for line in map(clean_line, text.splitlines()) if line]
    at, section = _headline_at(lines)
    headline = lines[at] if at is not None else None
    first = 0 if at is None else at + 1
    body = _Body(lines[first:], key(headline))
    paragraphs = body.paragraphs
    dateline = read_dateline(paragraphs[0] if paragraphs else "")
    if dateline.text:
        paragraphs[0] = dateline.text
    words = sum(len(p.split()) for p in paragraphs)
    methods = {"headline": "text", "body": "text"} if headline else {"body": "text"}
    return Article(
        outlet=page.outlet,
        url=page.url,
        final_url=page.final_url,
        canonical_url=canonical_url(page.final_url) or page.final_url,
        fetched_at=page.fetched_at,
        headline=headline or (page.link.title if page.link else None),
        byline_raw=tuple(body.bylines),
        dateline=dateline.place,
        dateline_raw=dateline.raw,
        body="\n\n".join(paragraphs),
        captions=tuple(body.captions),
        tail_raw=tuple(body.tail),
        section=section,
        language=find_language(" ".join(paragraphs)),
        thin="thin" if words < 25 else None,
        methods=methods,
        date_strings=(*_head_dates(lines[: at or 0]), *body.dates),
        link=page.link,
        link_kind=page.link_kind,
        status=page.status,
    )


# --- above the article


def _headline_at(lines: list[str]) -> tuple[int | None, str | None]:
    """The headline's line and the section: the line that a breadcrumb cuts short, else the first line like a title."""
    for i, line in enumerate(lines[:HEAD_LINES]):
        if is_trail(line):
            for j in range(i + 1, min(len(lines), i + HEAD_LINES)):
                if repeated_at(line, lines[j]) is not None:
                    return j, section_of(line, lines[j])
    for i, line in enumerate(lines[:HEAD_LINES]):
        if _is_title(line) and any(_is_prose(after) for after in lines[i + 1 : i + 8]):
            return i, None
    return None, None


def _is_title(line: str) -> bool:
    words = len(line.split())
    return 4 <= words <= 40 and line[-1] not in ".:;," and not is_boilerplate_line(line) and not _is_dated(line)


def _is_prose(line: str) -> bool:
    return len(line.split()) >= PROSE_WORDS and bool(_SENTENCE_END_RE.search(line))


def _is_dated(line: str) -> bool:
    return len(line) < 80 and any(c.isdigit() for c in line) and bool(_DATE_HINT_RE.search(line))


def _head_dates(lines: list[str]) -> list[DateString]:
    """Dates above the headline: beside a temperature, or without a label, they are the page's clock."""
    weather = any(_WEATHER_RE.match(line) for line in lines)
    found = []
    for line in lines:
        if _is_dated(line):
            labelled = bool(_LABEL_RE.match(line)) and not weather
            source: DateSource = "label" if labelled else "header"
            found.append(
                DateString(source=source, selector="text:header", raw=line, role=None if labelled else "clock")
            )
    return found


# --- the article


class _Body:
    """The lines after a headline, each put where it belongs, to the first that closes the article."""

    def __init__(self, lines: list[str], headline: str) -> None:
        self.paragraphs: list[str] = []
        self.captions: list[Caption] = []
        self.tail: list[str] = []
        self.bylines: list[str] = []
        self.dates: list[DateString] = []
        for i, line in enumerate(lines):
            if self.paragraphs and (ends_article(line) or self._closes(line)):
                break
            if key(line) != headline and not is_boilerplate_line(line):
                self._put(line, lines[i + 1 :])
        while self.paragraphs and not _SENTENCE_END_RE.search(self.paragraphs[-1]):
            self.paragraphs.pop()

    def _closes(self, line: str) -> bool:
        """An attribution ends the article and is kept apart."""
        if is_attribution_line(line):
            self.tail.append(line)
            return True
        return False

    def _put(self, line: str, after: list[str]) -> None:
        caption = split_credit(line)
        if not self.paragraphs and _BYLINE_RE.match(line) and len(line) < 120:
            self.bylines.append(line)
        elif not self.paragraphs and _is_dated(line) and len(line.split()) < PROSE_WORDS:
            self.dates.append(DateString(source="label", selector="text:below-headline", raw=line))
        elif (
            caption.credit and line.endswith((")", "]")) and ("/" in caption.credit or len(caption.credit.split()) < 6)
        ):
            self.captions.append(caption)
        elif _is_prose(line) or self._is_subhead(line, after) or (self.paragraphs and _SENTENCE_END_RE.search(line)):
            self.paragraphs.append(line)

    def _is_subhead(self, line: str, after: list[str]) -> bool:
        """A short line between two paragraphs."""
        return (
            bool(self.paragraphs) and len(line.split()) <= 16 and any(_is_prose(next_line) for next_line in after[:2])
        )

"""An article as a source that can be checked: who, when and how that is known, where, and the proof of its text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal

from sqlalchemy import Connection, text

from newsmon.reports.article import find_article
from newsmon.reports.output import plain
from newsmon.reports.wording import NO_BREAK, Wording
from newsmon.store.revisions import StoredText, text_sha256

Style = Literal["apa", "chicago", "bibtex"]

PARTICLES = frozenset("de du des d' d’ le la van von der den di da al el ben bin mac st".split())


@dataclass(frozen=True, slots=True)
class Signature:
    name: str
    person: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """All that a citation needs of an article."""

    article_id: int
    outlet: str
    outlet_slug: str
    headline: str
    url: str
    authors: tuple[Signature, ...]
    day: date | None
    """Of publication, in the outlet's zone; None when it is unknown."""
    no_later: date | None
    """The last possible day of an article whose publication is unknown."""
    day_basis: str
    date_source: str | None
    date_raw: str | None
    date_selector: str | None
    seen_at: datetime
    """When the text that is cited was fetched."""
    revision: int
    text_sha256: str
    archived: tuple[str, int, str] | None
    """WARC file, offset in bytes and digest of the latest copy."""


def find_source(conn: Connection, which: str) -> Source:
    """The article of an id or an address. Raises: ConfigurationError."""
    row = find_article(conn, which).article
    given = {"id": row.article_id}
    authors = conn.execute(
        text("SELECT author, kind FROM v_author WHERE article_id = :id ORDER BY position"), given
    ).all()
    chosen = conn.execute(
        text("SELECT source, selector, raw FROM v_date WHERE article_id = :id AND chosen ORDER BY source"), given
    ).first()
    revision = conn.execute(
        text("SELECT seq, seen_at, headline, deck, body FROM v_revision WHERE article_id = :id AND seq = :seq"),
        {**given, "seq": row.revisions},
    ).first()
    copy = conn.execute(
        text("SELECT file, byte_offset, digest FROM v_archive WHERE article_id = :id ORDER BY fetched_at DESC"), given
    ).first()
    assert revision is not None
    day = _day(row.day)
    known = row.day_basis == "published"
    return Source(
        article_id=row.article_id,
        outlet=plain(row.outlet_name),
        outlet_slug=row.outlet,
        headline=plain(row.headline or ""),
        url=row.url,
        authors=tuple(Signature(plain(a.author), a.kind == "person") for a in authors),
        day=day if known else None,
        no_later=None if known else day,
        day_basis=row.day_basis,
        date_source=row.published_source,
        date_raw=plain(chosen.raw) if chosen else None,
        date_selector=plain(chosen.selector) if chosen else None,
        seen_at=_instant(revision.seen_at),
        revision=revision.seq,
        text_sha256=text_sha256(StoredText(revision.headline, revision.deck, revision.body)),
        archived=(copy.file, copy.byte_offset, copy.digest) if copy else None,
    )


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _instant(value: Any) -> datetime:
    at = datetime.fromisoformat(value) if isinstance(value, str) else value
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


def cite(source: Source, style: Style, wording: Wording) -> str:
    """The citation, then how its date is known and what proves its text; in bibtex all of it in one entry."""
    if style == "bibtex":
        return _bibtex(source, wording)
    line = _apa(source, wording) if style == "apa" else _chicago(source, wording)
    return "\n".join([line, "", *proofs(source, wording)])


def proofs(source: Source, wording: Wording) -> list[str]:
    """How the date is known, the text that was read, the copy that was kept; a line each."""
    if source.day:
        known = wording("cite_date", day=wording.day(source.day), source=_where(source, wording))
    elif source.no_later:
        basis = wording.value("day_basis", source.day_basis)
        known = wording("cite_no_date", day=wording.day(source.no_later), basis=basis)
    else:
        known = wording("cite_nothing_known")
    seen = wording.instant(source.seen_at)
    lines = [known, wording("cite_text", seq=source.revision, at=seen, digest=source.text_sha256)]
    if source.archived:
        file, offset, digest = source.archived
        lines.append(wording("cite_archive", file=file, offset=offset, digest=digest))
    else:
        lines.append(wording("cite_no_archive"))
    return lines


def _where(source: Source, wording: Wording) -> str:
    """The place on the page and the words that stood there."""
    place = wording.value("published_source", source.date_source or "")
    selector = f", {source.date_selector}" if source.date_selector else ""
    raw = wording("quoted", text=source.date_raw) if source.date_raw else ""
    return f"{place}{selector}{f' ({raw})' if raw else ''}"


def _apa(source: Source, wording: Wording) -> str:
    """Source: Publication Manual of the American Psychological Association, 7th ed., 10.16."""
    names = [_inverted(a.name, initials=True) if a.person else a.name for a in source.authors]
    who = _joined(names, wording("cite_and_apa")) or source.outlet
    when = _apa_date(source.day, wording) if source.day else wording("cite_no_date_short")
    where = "" if who == source.outlet else f"{source.outlet}. "
    who = who if who.endswith(".") else f"{who}."
    return f"{who} ({when}). {_ended(source.headline)} {where}{source.url}"


def _apa_date(day: date, wording: Wording) -> str:
    year, full = str(day.year), wording.day(day)
    return f"{year}, {full.removesuffix(f'{NO_BREAK}{year}')}"


def _chicago(source: Source, wording: Wording) -> str:
    """Source: The Chicago Manual of Style, 17th ed., 14.191 and 14.198, bibliography."""
    people = [a.name for a in source.authors]
    first = [_inverted(people[0], initials=False) if source.authors[0].person else people[0]] if people else []
    who = _joined(first + people[1:], wording("cite_and"))
    quoted = wording("quoted_title", text=source.headline, stop="" if source.headline[-1:] in "?!." else ".")
    when = wording.day(source.day) if source.day else wording("cite_no_date_long")
    seen = "" if source.day else f" {wording('cite_seen', day=wording.day(source.seen_at.date()))}"
    lead = f"{who if who.endswith('.') else who + '.'} " if who else ""
    return f"{lead}{quoted} {source.outlet}, {when.removesuffix('.')}.{seen} {source.url}"


def _bibtex(source: Source, wording: Wording) -> str:
    """For BibTeX and biblatex alike: each leaves aside the fields that it does not know."""
    whole = [not a.person or " and " in a.name or "," in a.name for a in source.authors]
    people = [f"{{{_tex(a.name)}}}" if w else _tex(a.name) for a, w in zip(source.authors, whole, strict=True)]
    fields = {
        "author": " and ".join(people) or f"{{{_tex(source.outlet)}}}",
        "title": "{" + _tex(source.headline) + "}",
        "organization": _tex(source.outlet),
        "howpublished": r"\url{" + _tex_url(source.url) + "}",
        "url": _tex_url(source.url),
        "urldate": source.seen_at.date().isoformat(),
        "langid": "french" if wording.language == "fr" else "english",
        "note": _tex(" ".join(proofs(source, wording))),
    }
    if source.day:
        fields |= {"year": str(source.day.year), "month": str(source.day.month), "date": source.day.isoformat()}
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
    return "\n".join([f"@misc{{{_key(source)},", *lines, "}"])


def _key(source: Source) -> str:
    """Outlet, year and number: the same for the same article."""
    year = source.day.year if source.day else "sd"
    return f"{source.outlet_slug.replace('_', '')}{year}n{source.article_id}"


_TEX = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
}  # fmt: skip


def _tex(text: str) -> str:
    """`text` as words for TeX: nothing in it is a command, and every brace is closed."""
    return "".join(_TEX.get(c, c) for c in text)


def _tex_url(url: str) -> str:
    """An address that closes no brace and holds no command."""
    return "".join(f"%{ord(c):02X}" if c in '{}\\ "<>^`|' else c for c in url)


def _ended(text: str) -> str:
    return text if text[-1:] in ".?!…" else f"{text}."


def _joined(names: list[str], and_: str) -> str:
    """ "A", "A et B", "A, B et C"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {and_} {names[-1]}" if names else ""


def _inverted(name: str, *, initials: bool) -> str:
    """ "Charlebois-Roy, M." or "Charlebois-Roy, Maude". A particle belongs to the family name."""
    words = name.split()
    if len(words) < 2:
        return name
    first = next((i for i, word in enumerate(words[1:-1], 1) if _fold(word) in PARTICLES), len(words) - 1)
    given, family = words[:first], " ".join(words[first:])
    if initials:
        given = ["-".join(f"{part[0]}." for part in word.split("-") if part) for word in given]
    return f"{family}, {' '.join(given)}"


def _fold(word: str) -> str:
    return re.sub(r"[^a-z'’]", "", unicodedata.normalize("NFD", word).lower())

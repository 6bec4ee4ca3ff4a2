"""The week in the topics, for those who read mail: from the same views as the page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

from sqlalchemy import Engine

from newsmon.errors import ConfigurationError
from newsmon.reports.formats import in_markdown
from newsmon.reports.named import Language
from newsmon.reports.output import plain
from newsmon.reports.page import gather
from newsmon.reports.page.articles import Listed, listed_as
from newsmon.reports.page.excerpts import Pieces
from newsmon.reports.page.gather import Asked, Reader
from newsmon.reports.page.render import render
from newsmon.reports.wording import Wording
from newsmon.store.engine import snapshot

DAYS = 7
ARTICLES = 5
"""Of each topic, those most about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicDigest:
    """A topic that was written about in the period."""

    slug: str
    name: str
    n: int
    n_primary: int
    n_before: int
    """In the same number of days before."""
    articles: tuple[Listed, ...]
    told: str
    """The counts in a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    wording: Wording
    asked: Asked
    title: str
    topics: tuple[TopicDigest, ...]
    quiet: tuple[str, ...]
    """Outlets that are followed and had articles before, and none in the period."""
    undated: str
    made_at: datetime


def make_digest(engine: Engine, asked: Asked, language: Language, *, now: datetime) -> Digest:
    """The digest of `asked.since` to `asked.until`; without them of the seven days before today (UTC).

    Raises: ConfigurationError for a period that ends before it begins; DatabaseError.
    """
    until = asked.until or now.date() - timedelta(days=1)
    since = asked.since or until - timedelta(days=DAYS - 1)
    if since > until:
        raise ConfigurationError(f"--since {since} is after --until {until}; a digest needs a day at least")
    asked = replace(asked, topic=None, since=since, until=until)
    wording = Wording(language)
    with snapshot(engine) as conn:
        reader = Reader(conn, asked)
        return Digest(
            wording=wording,
            asked=asked,
            title=wording("digest_title", since=wording.day(since), until=wording.day(until)),
            topics=_topics(reader, wording),
            quiet=_quiet(reader),
            undated=_undated(reader, wording),
            made_at=now,
        )


def _topics(reader: Reader, wording: Wording) -> tuple[TopicDigest, ...]:
    asked = reader.asked
    assert asked.since and asked.until
    length = asked.until - asked.since + timedelta(days=1)
    before = _counts(Reader(reader.conn, replace(asked, since=asked.since - length, until=asked.until - length)))
    names = gather.outlet_names(reader)
    topics = []
    for slug, (name, n, n_primary) in _counts(reader).items():
        if not n:
            continue
        mine = Reader(reader.conn, replace(asked, topic=slug))
        matches = gather.matches(mine, limit=ARTICLES, dated=True if asked.dated_only else None, order="best")
        n_before = before.get(slug, ("", 0, 0))[1]
        topics.append(
            TopicDigest(
                slug=slug,
                name=name,
                n=n,
                n_primary=n_primary,
                n_before=n_before,
                articles=tuple(listed_as(match, wording, names) for match in matches),
                told=_told(n, n_primary, n_before, wording),
            )
        )
    return tuple(topics)


def _counts(reader: Reader) -> dict[str, tuple[str, int, int]]:
    """Slug to name, articles, those about it; the most articles first."""
    answer = reader.answer("topics")
    at = {name: i for i, name in enumerate(answer.columns)}
    return {row[at["topic"]]: (plain(row[at["name"]]), row[at["n"]], row[at["n_primary"]]) for row in answer.rows}


def _told(n: int, n_primary: int, n_before: int, wording: Wording) -> str:
    key = "as_many" if n == n_before else "new" if not n_before else "more" if n > n_before else "fewer"
    given = {"articles": wording.counted("articles", n), "n": wording.number(n_primary)}
    return wording(f"digest_{key}", before=wording.number(n_before), **given)


_QUIET = """
SELECT o.name FROM v_outlet o
WHERE o.active AND o.articles > 0 AND o.listings > 0
  AND o.outlet NOT IN (SELECT outlet FROM v_outlet_day WHERE day >= :since AND day <= :until)
ORDER BY o.name
"""


def _quiet(reader: Reader) -> tuple[str, ...]:
    return tuple(plain(row.name) for row in reader.rows(_QUIET))


def _undated(reader: Reader, wording: Wording) -> str:
    row = reader.rows(
        "SELECT sum(n) AS n, sum(n_undated) AS undated FROM v_outlet_day WHERE day >= :since AND day <= :until"
    )[0]
    n, undated = int(row.n or 0), int(row.undated or 0)
    return wording("digest_undated", articles=wording.counted("articles", n), share=wording.percent(undated, n))


def as_markdown(digest: Digest) -> str:
    """Headings, counts and links; a stranger's words are words."""
    w = digest.wording
    lines = [f"# {in_markdown(digest.title)}", ""]
    for topic in digest.topics:
        lines += [f"## {in_markdown(topic.name)}", "", in_markdown(topic.told), ""]
        for one in topic.articles:
            lines.append(f"* {_link(one)} {in_markdown(f'({one.outlet.text}, {one.day.text})')}")
            if one.sentence:
                lines.append(f"  {_marked(one.sentence)}")
        lines.append("")
    if not digest.topics:
        lines += [in_markdown(w("digest_nothing")), ""]
    if digest.quiet:
        lines += [in_markdown(w("digest_quiet", names=", ".join(digest.quiet))), ""]
    return "\n".join([*lines, in_markdown(digest.undated)]) + "\n"


def _link(one: Listed) -> str:
    title = in_markdown("".join(piece.text for piece in one.headline))
    return f"[{title}](<{one.href.replace('<', '%3C').replace('>', '%3E')}>)" if one.href else title


def _marked(pieces: Pieces) -> str:
    """The sentence, its marks in bold where a blank or a sign lets Markdown see them."""
    return "".join(f"**{in_markdown(p.text)}**" if p.marked else _kept(p.text) for p in pieces).strip()


def _kept(text: str) -> str:
    """in_markdown keeps no blank at the ends; between marks they part words."""
    return f"{' ' * text[:1].isspace()}{in_markdown(text)}{' ' * text[-1:].isspace()}" if text.strip() else text


def as_html(digest: Digest) -> str:
    return render("digest", digest)


def as_mail(digest: Digest, *, sender: str, to: str) -> bytes:
    """A message with both forms, for `sendmail -t`. Raises: ConfigurationError for an address that is none."""
    message = EmailMessage()
    try:
        message["From"], message["To"] = sender, to
    except ValueError as e:
        raise ConfigurationError(f"--from or --to: {e}; write an address as name@host") from None
    message["Subject"] = f"newsmon – {digest.title}"
    message["Date"] = format_datetime(digest.made_at)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(as_markdown(digest))
    message.add_alternative(as_html(digest), subtype="html")
    return message.as_bytes()

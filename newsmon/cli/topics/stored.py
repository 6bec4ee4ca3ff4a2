"""newsmon topics try, why: an expression, or a topic, over stored articles."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from newsmon.cli.topics.reading import as_json, known_files, known_topic, progress_bar, reader, table

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from newsmon.topics.explain import Explanation, Told
    from newsmon.topics.trying import Trial

FORMAT = click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
DAYS = 31
"""Days that are shown one by one; more are shown as months."""


@click.command("try")
@click.argument("expression")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", help="Articles from this day on only.")
@FORMAT
def try_(expression: str, since: datetime | None, form: str) -> None:
    """Try an expression on the stored articles before you save it as a topic.

    \b
    newsmon topics try '(ukrain* OU @zelensky) ET guerre' --since 2022-02-01

    Shows how many articles it finds by day, the latest of them with the words that they were found by, words that go
    with them and are not in the expression, and terms that stand in no article.
    """
    from newsmon.environment import topics_folder
    from newsmon.store.matches import last_revision, texts
    from newsmon.topics.loading import make_topic
    from newsmon.topics.names import load_names
    from newsmon.topics.trying import Trial

    trial = Trial(make_topic(expression, load_names(topics_folder())))
    day = since.date() if since else None
    with reader() as conn, progress_bar("try") as bar:
        last = last_revision(conn)
        for after in range(0, last, 1000):
            trial.take(texts(conn, after, min(after + 1000, last), since=day))
            bar(min(after + 1000, last), last)
        outlets = _outlets(conn, [text.article_id for text, _ in trial.sample])
    if form == "json":
        as_json(_data(trial, outlets))
    else:
        _tell(trial, outlets)


def _outlets(conn: Connection, ids: list[int]) -> dict[int, str]:
    from sqlalchemy import bindparam, text

    query = text("SELECT article_id, outlet FROM v_article WHERE article_id IN :ids")
    return {row.article_id: row.outlet for row in conn.execute(query.bindparams(bindparam("ids", ids, expanding=True)))}


def _data(trial: Trial, outlets: dict[int, str]) -> dict[str, Any]:
    from newsmon.store.rows import why as words

    return {
        "seen": trial.seen,
        "found": trial.found,
        "by_day": [{"day": day, "n": n} for day, n in sorted(trial.by_day.items(), key=_by_day)],
        "sample": [
            {
                "article_id": text.article_id, "day": text.day, "outlet": outlets[text.article_id],
                "headline": text.headline, "why": words(match),
            }
            for text, match in trial.sample
        ],
        "company": [{"word": word, "n": n, "times": round(times, 1)} for word, n, times in trial.company],
        "never": trial.never,
    }  # fmt: skip


def _by_day(one: tuple[date | None, int]) -> str:
    return str(one[0] or "")


def _tell(trial: Trial, outlets: dict[int, str]) -> None:
    data = _data(trial, outlets)
    share = f" ({100 * trial.found / trial.seen:.1f} %)" if trial.seen else ""
    click.echo(f"{trial.found} of {trial.seen} articles{share}")
    if trial.found:
        click.echo("\nby day:" if len(data["by_day"]) <= DAYS else "\nby month:")
        click.echo(_bars(data["by_day"]))
        click.echo("\nthe latest:")
        rows = [(s["article_id"], str(s["day"] or ""), s["outlet"], s["headline"], s["why"]) for s in data["sample"]]
        click.echo(table(("article", "day", "outlet", "headline", "found by"), rows))
        if data["company"]:
            click.echo("\nwords that go with them and are not in the expression:")
            told = [f"{c['word']} ({c['n']}, {c['times']:g}×)" for c in data["company"]]
            click.echo(", ".join(told))
    if data["never"]:
        click.echo(f"\nterms that stand in no article: {', '.join(data['never'])}")


def _bars(days: list[dict[str, Any]]) -> str:
    counts: dict[str, int] = {}
    for one in days:
        key = str(one["day"] or "no day")
        key = key[:7] if len(days) > DAYS and one["day"] else key
        counts[key] = counts.get(key, 0) + one["n"]
    most = max(counts.values())
    return "\n".join(f"{key:10} {n:6} {'█' * max(1, round(40 * n / most))}" for key, n in counts.items())


@click.command()
@click.argument("article")
@click.argument("slug")
@click.option("--version", type=int, help="Of the topic; by default the one that is shown.")
@click.option("--revision", type=int, help="Of the article; by default the current one.")
@FORMAT
def why(article: str, slug: str, version: int | None, revision: int | None, form: str) -> None:
    """Why a stored article is in a topic, or the first thing that keeps it out.

    ARTICLE is an id, an address or its last words. The version is run over the text as it was stored.
    """
    from newsmon.errors import ConfigurationError
    from newsmon.reports.article import find_article
    from newsmon.store.matches import revision_of
    from newsmon.store.versions import versions as rows_of
    from newsmon.topics.explain import explain
    from newsmon.topics.past import matcher_of

    with reader() as conn:
        found = find_article(conn, article).article
        rows = rows_of(conn, known_topic(conn, slug))
        shown = next((row for row in rows if row.state == "shown"), rows[-1])
        row = next((row for row in rows if row.version == version), None) if version else shown
        if row is None:
            raise ConfigurationError(f"{slug} has no version {version} (newsmon topics versions {slug})")
        text = revision_of(conn, found.article_id, revision or found.revisions)
        if text is None:
            raise ConfigurationError(
                f"article {found.article_id} has no revision {revision}; its last is {found.revisions}"
            )
        matcher = matcher_of(conn, row.id, known_files())
    told = explain(matcher, slug, headline=text.headline, deck=text.deck, body=text.body, day=text.day)
    about = {
        "article_id": found.article_id, "revision": revision or found.revisions, "headline": text.headline,
        "topic": slug, "version": row.version, "state": row.state,
    }  # fmt: skip
    if form == "json":
        as_json({**about, **asdict(told), "terms": sorted(told.terms)})
        return
    _explain(about, told)


def _explain(about: dict[str, Any], told: Explanation) -> None:
    from newsmon.reports.output import plain

    click.echo(f"article {about['article_id']}, revision {about['revision']}: {plain(about['headline'] or '–')}")
    verdict = f"{told.level}, score {told.score:g}" if told.level else f"no match: {told.failed}"
    click.echo(f"topic {about['topic']}, version {about['version']} ({about['state']}): {verdict}")
    click.echo(f"primary from {told.primary:g}, secondary from {told.secondary:g}; score of all places {told.score:g}")
    if told.level == "secondary" and told.score >= told.primary:
        click.echo("its parent matches as secondary: a part is never more central than that")
    for clause in told.clauses:
        if clause.held or not clause.bonus:
            click.echo(f"\n{_clause(clause)}")
        for span in clause.spans:
            click.echo(f"  {span.weight:+6.2f}  {span.field:8} {span.start:>6}  {plain(span.surface)}  ({span.term})")
    if told.masked:
        click.echo(f"\nmasked: {', '.join(map(plain, told.masked))}")


def _clause(clause: Told) -> str:
    if clause.denied:
        state = "holds: what it refuses is absent" if clause.held else "fails: what it refuses is there"
    else:
        state = f"{clause.score:g}" if clause.held else "fails: none of its terms"
    condition = clause.condition if len(clause.condition) <= 160 else f"{clause.condition[:160]}…"
    return f"{clause.label}: {state}" + ("" if clause.held and not clause.denied else f"  [{condition}]")

"""newsmon topics label, score: what readers say of articles, and how right a topic is by it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from newsmon.cli.topics.reading import as_json, known_topic, reader, table

if TYPE_CHECKING:
    from newsmon.store.labels import Label
    from newsmon.topics.scoring import Score, Share

RECALL = (
    "Recall is over the articles that were labelled. An article that nobody looked at is missing from it: "
    "label articles that the topic does not find, too (a random day of an outlet, say), or it reads too high."
)


@click.command()
@click.argument("article")
@click.argument("slug")
@click.argument("label", type=click.Choice(["yes", "secondary", "no"]))
def label(article: str, slug: str, label: Label) -> None:
    """Say whether an article is about a topic: yes, secondary (it matters in it) or no.

    ARTICLE is an id, an address or its last words. A later label takes the place of an earlier one.
    """
    from newsmon.environment import database_url
    from newsmon.reports.article import find_article
    from newsmon.store.engine import transact
    from newsmon.store.labels import keep_label
    from newsmon.store.schema import open_ready

    engine = open_ready(database_url())
    try:
        with engine.connect() as conn:
            known_topic(conn, slug)
            found = find_article(conn, article).article
        before = transact(engine, keep_label, slug, found.article_id, label, now=datetime.now(UTC))
    finally:
        engine.dispose()
    was = f" (was {before})" if before and before != label else ""
    click.echo(f"article {found.article_id}, {slug}: {label}{was}")


@click.command()
@click.argument("slug")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def score(slug: str, form: str) -> None:
    """How right a topic is: precision and recall by your labels, with 95 % intervals, and where it is wrong."""
    from newsmon.store.labels import labelled
    from newsmon.topics.scoring import score as score_of

    with reader() as conn:
        rows = labelled(conn, known_topic(conn, slug))
    result = score_of((row.label, row.level) for row in rows)
    wrong = [row for row in rows if (row.label == "yes") != (row.level == "primary")]
    if form == "json":
        as_json(_data(result, wrong))
        return
    told = ", ".join(f"{n} {name}" for name, n in result.labels.items())
    click.echo(f"{slug}: {len(rows)} labelled articles ({told})")
    if not rows:
        click.echo(f"label some first: newsmon topics label ARTICLE {slug} yes|secondary|no")
        return
    shares = (
        ("precision", result.precision, "primary matches that are labelled yes"),
        ("precision, tolerant", result.precision_tolerant, "the same, those labelled secondary left out"),
        ("recall", result.recall, "labelled yes that are primary matches"),
        ("recall, any level", result.any_level, "labelled yes or secondary that match at all"),
    )
    click.echo(table(("measure", "value", "95 % interval", "out of", "of what"), [_row(*one) for one in shares]))
    click.echo(f"F1 {result.f1:.3f}\n{RECALL}" if result.f1 is not None else RECALL)
    if wrong:
        click.echo("\njudged otherwise than labelled (newsmon topics why ARTICLE SLUG tells why):")
        disagreed = [
            (r.article_id, str(r.day or ""), r.outlet, r.headline, r.label, r.level or "no match") for r in wrong
        ]
        click.echo(table(("article", "day", "outlet", "headline", "label", "match"), disagreed))


def _row(name: str, share: Share, what: str) -> tuple[Any, ...]:
    low, high = share.interval
    value = "–" if share.value is None else f"{share.value:.3f}"
    return name, value, f"{low:.3f} to {high:.3f}", f"{share.right} of {share.of}", what


def _data(result: Score, wrong: list[Any]) -> dict[str, Any]:
    shares = {name: getattr(result, name) for name in ("precision", "precision_tolerant", "recall", "any_level")}
    measures = {
        name: {
            "value": share.value,
            "low": share.interval[0],
            "high": share.interval[1],
            "right": share.right,
            "of": share.of,
        }
        for name, share in shares.items()
    }
    disagreed = [{"article_id": row.article_id, "label": row.label, "level": row.level} for row in wrong]
    return {"labels": result.labels, **measures, "f1": result.f1, "wrong": disagreed, "note": RECALL}

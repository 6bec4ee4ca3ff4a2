"""What was done, and what became of each address."""

from __future__ import annotations

from newsmon.store.views.columns import OUTLET, Column, View

C = Column

VIEWS = (
    View(
        "v_run",
        "what an outlet came to in a run",
        (
            C("run_id", "integer", "the run", "812"),
            C("kind", "text", "crawl, import", "crawl"),
            C("started_at", "instant", "of the run", "2026-11-23 14:00:01"),
            C("finished_at", "instant", "NULL while it runs, or when it was killed", "2026-11-23 14:03:40"),
            C("status", "text", "running, ok, partial, failed, stopped, died", "partial"),
            C("exit_code", "integer", "what cron saw", "1"),
            C("outlet", "text", "NULL in a run that visited none", "le_devoir"),
            C("outcome", "text", "ok, not_modified, partial, blocked, failed", "failed"),
            C("reason", "text", "the most frequent cause", "timeout"),
            C("detail", "text", "the first failure: reason, address, words", "timeout: https://…"),
            C("links", "integer", "new links found", "14"),
            C("fetched", "integer, pages", "asked and answered", "14"),
            C("stored", "integer, articles", "new", "13"),
            C("revised", "integer, articles", "with a new revision", "0"),
            C("refused", "integer, pages", "that are no articles", "1"),
            C("failed", "integer, requests", "that went wrong", "0"),
        ),
        """
        SELECT u.id AS run_id, u.kind, u.started_at, u.finished_at, u.status, u.exit_code, o.slug AS outlet, x.outcome,
               x.reason, x.detail, x.links, x.fetched, x.stored, x.revised, x.refused, x.failed
        FROM run u
        LEFT JOIN outlet_run x ON x.run_id = u.id
        LEFT JOIN outlet o ON o.id = x.outlet_id
        """,
    ),
    View(
        "v_fetch",
        "what became of one address in a run; kept NEWSMON_LOG_DAYS days, 90 unless set",
        (
            C("run_id", "integer", "the run", "812"),
            OUTLET,
            C("url", "text", "the address asked", "https://…"),
            C("at", "instant", "when it was done with", "2026-11-23 14:00:07"),
            C("outcome", "text", "ok, not_modified, partial, blocked, failed", "blocked"),
            C("reason", "text", "of a closed list; NULL when all is well", "robots"),
            C("detail", "text", "in words", "robots.txt forbids it"),
            C("status", "integer", "HTTP status; 0 without an answer", "0"),
            C("bytes", "integer, bytes", "of the body", "48211"),
            C("elapsed_ms", "integer, ms", "from request to answer", "310"),
            C("tries", "integer", "requests made", "1"),
        ),
        """
        SELECT l.run_id, o.slug AS outlet, l.url, l.at, l.outcome, l.reason, l.detail, l.status, l.bytes, l.elapsed_ms,
               l.tries
        FROM fetch_log l
        JOIN outlet o ON o.id = l.outlet_id
        """,
    ),
    View(
        "v_outlet_health",
        "one thing that is wrong with a followed outlet, as the last run found it; an outlet that is well has one row",
        (
            OUTLET,
            C("trouble", "text", "NULL when well; failing, silent, refused, thin, lost", "lost"),
            C("field", "text", "the field that was lost: date, author, deck, section, caption; else NULL", "author"),
            C("since", "instant", "silent: its last new article; else the first that was ill", "2026-11-20 14:05:00"),
            C("url", "text", "that article or page; NULL for failing", "https://…"),
            C("detail", "text", "in words", "no author any more, which nearly every article had"),
            C("found_at", "instant", "the end of the run that found it", "2026-11-23 14:03:40"),
        ),
        """
        SELECT o.slug AS outlet, h.kind AS trouble, nullif(h.field, '') AS field, h.since, nullif(h.url, '') AS url,
               h.detail, h.found_at
        FROM outlet o
        LEFT JOIN outlet_health h ON h.outlet_id = o.id
        WHERE o.active AND EXISTS (SELECT 1 FROM feed f WHERE f.outlet_id = o.id AND f.active)
        """,
    ),
)

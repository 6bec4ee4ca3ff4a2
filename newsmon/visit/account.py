"""What one outlet came to in one run: a row for every address, its tally, and the pause that it asked for."""

from __future__ import annotations

from datetime import datetime

from newsmon.clock import now_utc
from newsmon.items import Outcome
from newsmon.net.fetch import Fetched
from newsmon.net.outcomes import FetchFailure
from newsmon.net.retry_after import not_before
from newsmon.outlets import Declaration
from newsmon.running import Run
from newsmon.store import frontier, links
from newsmon.store.runs import FetchRow

REFUSALS = frozenset(
    {
        "not_html", "empty", "consent", "login", "paywall", "not_found_page", "thin", "no_headline", "no_body",
        "too_deep", "too_large", "parse_timeout", "parse_crash", "parse_error", "gone", "moved", "offsite", "duplicate",
    }
)  # fmt: skip
"""Reasons that speak of one page and not of its outlet's health."""


class Paused(Exception):
    """Nothing more is asked of the outlet in this run: it asked to be left alone, or the run is to end."""


class Account:
    """Kept by a visit while it asks."""

    def __init__(self, declaration: Declaration, run: Run) -> None:
        self.declaration = declaration
        self.outlet_id = 0
        """Known once the visit has begun."""
        self.left = 0
        """Links of this run that are not asked yet."""
        self.tally = run.tally(declaration.slug)
        self._run = run

    def may_go_on(self) -> None:
        """Raises: Paused when the run was asked to stop, has lost its database, or the outlet to another run."""
        if self._run.stopped or self._run.store_error or self.tally.held_by:
            raise Paused

    def count(self, url: str, reason: str, detail: str) -> None:
        """A page that came to nothing: its own fault, or the outlet's."""
        if reason in REFUSALS:
            self.tally.refused[reason] += 1
        else:
            self.blame(url, reason, detail)

    def blame(self, url: str, reason: str, detail: str) -> None:
        self.tally.blame(reason, url + (f": {detail}" if detail else ""))

    def log_failure(self, url: str, failure: FetchFailure, answer: Fetched | None = None) -> None:
        self.log(url, failure.outcome, failure.reason, answer, status=failure.status, detail=failure.detail)

    def log(
        self,
        url: str,
        outcome: Outcome,
        reason: str | None,
        answer: Fetched | None,
        *,
        status: int = 0,
        detail: str = "",
    ) -> None:
        self._run.log(
            FetchRow(
                slug=self.declaration.slug,
                url=url,
                at=now_utc(),
                outcome=outcome,
                reason=reason,
                detail=detail or None,
                status=answer.status if answer else status,
                bytes=len(answer.body) if answer else 0,
                elapsed_ms=answer.elapsed_ms if answer else 0,
                tries=answer.tries if answer else 1,
            )
        )

    async def give_up(self, url: str, reason: str) -> None:
        """A link led to no article: it is not asked again at every run."""
        await self._run.write(links.settle, [(self.declaration.slug, url, reason)], now=now_utc())

    async def heed(self, until: datetime | None) -> None:
        """Raises: Paused when there is a moment to wait for; the next run waits for it too."""
        if until:
            await self._run.write(frontier.pause_outlet, self.outlet_id, until)
            self.tally.counts["paused"] += 1
            self.tally.counts["deferred"] += self.left
            raise Paused


def pause_until(failure: FetchFailure) -> datetime | None:
    """How long the site asked to be left alone."""
    return not_before(failure.retry_after, now=now_utc()) if failure.reason == "rate_limited" else None

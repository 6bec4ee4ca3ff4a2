"""The leases that a run holds: an outlet has one visitor at a time, however many runs and machines there are."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from newsmon.clock import now_utc
from newsmon.errors import DatabaseError, RunActiveError
from newsmon.outlets import Declaration
from newsmon.running import Run
from newsmon.store import frontier, leases

RENEW_S = leases.LASTS.total_seconds() / 3
LOOK_AGAIN_S = 1.0
"""Between two looks at an outlet that is waited for."""


class Leases:
    """Takes, keeps and gives back the leases of one run."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._held: dict[str, int] = {}

    async def take(self, declaration: Declaration, *, wait: bool) -> bool:
        """Whether the outlet is ours to visit.

        With `wait`, one that another holder has is waited for, and left alone if nothing is due there any more: the
        holder may have died, or have done the work. Raises: DatabaseError.
        """
        tally = self._run.tally(declaration.slug)
        outlet_id = await self._run.write(frontier.sync_outlet, declaration)
        waited = False
        while holder := await self._run.write(leases.take, outlet_id, self._run.holder):
            if not wait or self._run.stopped:
                tally.held_by = holder
                return False
            waited = True
            await asyncio.sleep(LOOK_AGAIN_S)
        self._held[declaration.slug] = outlet_id
        if waited and not await self._run.write(frontier.is_due, outlet_id, now=now_utc()):
            await self.give_back(declaration)
            return False
        return True

    def take_now(self, declaration: Declaration) -> None:
        """For a run of one outlet alone. Raises: RunActiveError, with who visits it; DatabaseError."""
        outlet_id = self._run.write_now(frontier.sync_outlet, declaration)
        if holder := self._run.write_now(leases.take, outlet_id, self._run.holder):
            raise RunActiveError(f"{declaration.slug} is visited by {holder}; wait for it, or end it")
        self._held[declaration.slug] = outlet_id

    async def keep(self) -> None:
        """Renew, again and again, until the task is cancelled; without a database the leases run out by themselves."""
        while not self._run.store_error:
            await asyncio.sleep(RENEW_S)
            with suppress(DatabaseError):
                await self.renew()

    async def renew(self) -> None:
        """Hold on to all of them; one that was lost, by a long sleep of this machine, is visited no further."""
        held = dict(self._held)
        kept = await self._run.write(leases.renew, self._run.holder, list(held.values()))
        for slug, outlet_id in held.items():
            if outlet_id not in kept and slug in self._held:
                del self._held[slug]
                self._run.tally(slug).held_by = "another run, since its lease ran out"

    async def give_back(self, declaration: Declaration) -> None:
        outlet_id = self._held.pop(declaration.slug, None)
        if outlet_id is not None and not self._run.store_error:
            await self._run.write(leases.give_back, outlet_id, self._run.holder)

"""The watcher of one inbox: fires when the set of files that stand still in it has changed.

It lives here and not beside the DAGs, because the triggerer cannot import from the DAG folder (apache/airflow#65455).
It only looks, by the same rules as the intake: copying, hashing and judging a file is not its business.
"""

import asyncio
import hashlib
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, NamedTuple

from airflow.triggers.base import BaseEventTrigger, TriggerEvent

from ingestion.inbox import arrivals
from warehouse.settings import Settings

POLL_SECONDS = 2.0
REMEMBERED = "fired_for"
# Files are never taken out of an inbox, so a look gets slower over the years; it must not fill the time.
_REST_PER_LOOK = 5.0
_LONGEST_REST = 30.0


class Look(NamedTuple):
    """What one look into an inbox saw: how many files, one name for the set of them, and how long it took to look."""

    files: int
    fingerprint: str
    seconds: float


def heartbeat_file(settings: Settings, source: str) -> Path:
    """Return the file whose time says when the watcher of a source last looked."""
    return settings.home / "airflow" / "heartbeat" / source


class InboxTrigger(BaseEventTrigger):  # type: ignore[misc]
    """Fires once per change of an inbox, and remembers: files dropped while Airflow was down fire too."""

    def __init__(self, source: str, poll_seconds: float = POLL_SECONDS, **kwargs: Any) -> None:
        """Watch the inbox of `source`, looking every `poll_seconds`."""
        super().__init__(**kwargs)
        self.source = source
        self.poll_seconds = poll_seconds
        self._fired_for: str | None = None

    def serialize(self) -> tuple[str, dict[str, Any]]:
        """Return what the triggerer needs to make this trigger again."""
        return ("ingestion.inbox_trigger.InboxTrigger", {"source": self.source, "poll_seconds": self.poll_seconds})

    async def run(self) -> AsyncIterator[TriggerEvent]:
        """Look for ever, and fire when the inbox has changed."""
        while True:
            seen = await self.look()
            if await self.is_new(seen):
                # The payload is a number only: names are supplier text and stay out of events.
                yield TriggerEvent({"files": seen.files})
                # Remembered after the event: a crash in between fires twice, which is harmless; never not at all.
                await self.remember(seen)
            await asyncio.sleep(min(max(self.poll_seconds, _REST_PER_LOOK * seen.seconds), _LONGEST_REST))

    async def look(self) -> Look:
        """Look into the inbox and leave a sign of life for `liefernetz doctor`."""
        return await asyncio.to_thread(self._look)

    async def is_new(self, seen: Look) -> bool:
        """Tell whether there are files and this is not the set that was fired for last."""
        if self._fired_for is None:
            self._fired_for = str(await self.asset_state_store.aget(REMEMBERED, "")) if self.asset_state_store else ""
        return seen.files > 0 and seen.fingerprint != self._fired_for

    async def remember(self, seen: Look) -> None:
        """Keep the set that was fired for, across restarts where Airflow gives us a store."""
        self._fired_for = seen.fingerprint
        if self.asset_state_store:
            await self.asset_state_store.aset(REMEMBERED, seen.fingerprint)

    def _look(self) -> Look:
        started, settings = time.monotonic(), Settings.from_env()
        beat = heartbeat_file(settings, self.source)
        beat.parent.mkdir(parents=True, exist_ok=True)
        beat.touch()
        keys = sorted(arrival.key for arrival in arrivals(settings, self.source, known=lambda _: frozenset()))
        return Look(len(keys), hashlib.sha256("".join(keys).encode()).hexdigest(), time.monotonic() - started)

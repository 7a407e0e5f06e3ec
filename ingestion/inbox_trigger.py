"""The watcher of one inbox: fires when the set of files has changed and stands still.

It lives here and not beside the DAGs, because the triggerer cannot import from the DAG folder (apache/airflow#65455).
It only looks: reading, hashing and judging a file is the business of the intake.
"""

import asyncio
import hashlib
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, NamedTuple

from airflow.triggers.base import BaseEventTrigger, TriggerEvent

from warehouse.settings import Settings

POLL_SECONDS = 2.0
REMEMBERED = "fired_for"


class Look(NamedTuple):
    """What one look into an inbox saw: how many files, and one name for the set of (name, size, time)."""

    files: int
    fingerprint: str


def look(inbox: Path) -> Look:
    """Look at the files of an inbox, sub-folders of senders included; hidden names are still being written."""
    seen: list[str] = []
    for folder, folders, names in os.walk(inbox):
        folders[:] = [name for name in folders if not name.startswith(".")]
        seen += [_describe(f"{folder}/{name}") for name in names if not name.startswith(".")]
    return Look(len(seen), hashlib.sha256("\0".join(sorted(seen)).encode("utf-8", "surrogateescape")).hexdigest())


def _describe(path: str) -> str:
    try:
        found = os.lstat(path)
    except FileNotFoundError:
        return f"{path}/gone"  # No name ends like this: the next look differs, so nothing fires for a vanished file.
    return f"{path}/{found.st_size}/{found.st_mtime_ns}"


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

    def serialize(self) -> tuple[str, dict[str, Any]]:
        """Return what the triggerer needs to make this trigger again."""
        return ("ingestion.inbox_trigger.InboxTrigger", {"source": self.source, "poll_seconds": self.poll_seconds})

    async def run(self) -> AsyncIterator[TriggerEvent]:
        """Fire when two looks in a row saw the same new set of files; the payload is their number."""
        fired_for = await self._remembered()
        before = ""
        while True:
            now = await asyncio.to_thread(self._look)
            if now.files and now.fingerprint == before and now.fingerprint != fired_for:
                yield TriggerEvent({"files": now.files})
                # Remembered after the event: a crash in between fires twice, which is harmless; never not at all.
                fired_for = now.fingerprint
                await self._remember(fired_for)
            before = now.fingerprint
            await asyncio.sleep(self.poll_seconds)

    def _look(self) -> Look:
        settings = Settings.from_env()
        beat = heartbeat_file(settings, self.source)
        beat.parent.mkdir(parents=True, exist_ok=True)
        beat.touch()
        return look(settings.inbox / self.source)

    async def _remembered(self) -> str:
        return str(await self.asset_state_store.aget(REMEMBERED, "")) if self.asset_state_store else ""

    async def _remember(self, fingerprint: str) -> None:
        if self.asset_state_store:
            await self.asset_state_store.aset(REMEMBERED, fingerprint)

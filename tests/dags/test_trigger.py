"""The watcher of an inbox: when it fires, what it says, what it remembers."""

import asyncio
import time
from pathlib import Path
from typing import Any

import pytest

from ingestion.inbox_trigger import InboxTrigger, heartbeat_file
from warehouse.settings import Settings


class Store:
    """What Airflow keeps for an asset across restarts."""

    def __init__(self) -> None:
        self.kept: dict[str, Any] = {}

    async def aget(self, key: str, default: Any = None) -> Any:
        return self.kept.get(key, default)

    async def aset(self, key: str, value: Any) -> None:
        self.kept[key] = value


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LIEFERNETZ_HOME", str(tmp_path / "with a space"))
    monkeypatch.setenv("LIEFERNETZ_SETTLE_SECONDS", "0.02")
    folder = Settings.from_env().inbox / "trade_data"
    (folder / "sender").mkdir(parents=True)
    return folder


def fired(store: Store | None = None, seconds: float = 0.6) -> list[dict[str, Any]]:
    """Run a fresh watcher for a while and return the payloads of its events."""
    trigger = InboxTrigger("trade_data", poll_seconds=0.01)
    trigger.asset_state_store = store
    payloads: list[dict[str, Any]] = []

    async def watch() -> None:
        async for event in trigger.run():
            payloads.append(event.payload)  # noqa: PERF401 — a comprehension would lose them at the time-out

    async def for_a_while() -> None:
        await asyncio.wait_for(watch(), seconds)

    with pytest.raises(TimeoutError):
        asyncio.run(for_a_while())
    return payloads


def test_it_fires_once_for_the_same_files_and_says_only_how_many(inbox: Path) -> None:
    (inbox / "a secret name.csv").write_text("x")
    (inbox / "sender" / "b.csv").write_text("y")
    assert fired() == [{"files": 2}]


def test_it_does_not_fire_for_an_empty_inbox_or_unfinished_names(inbox: Path) -> None:
    (inbox / ".deliver-1.csv").write_text("x")
    (inbox / "big.csv.part").write_text("x")
    assert fired() == []


def test_files_dropped_while_it_was_down_fire_at_the_next_start(inbox: Path) -> None:
    store = Store()
    (inbox / "a.csv").write_text("x")
    assert len(fired(store)) == 1
    assert fired(store) == [], "a restart alone is no change"
    (inbox / "b.csv").write_text("x")
    assert fired(store) == [{"files": 2}]


def test_a_changed_file_of_the_same_name_fires_again(inbox: Path) -> None:
    store = Store()
    (inbox / "a.csv").write_text("x")
    fired(store)
    (inbox / "a.csv").write_text("longer")
    assert fired(store) == [{"files": 1}]


def test_it_waits_while_a_file_grows(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIEFERNETZ_SETTLE_SECONDS", "1")
    (inbox / "growing.csv").write_text("x")
    assert fired(seconds=0.4) == []


def test_it_leaves_a_sign_of_life(inbox: Path) -> None:
    before = time.time() - 1
    fired()
    assert heartbeat_file(Settings.from_env(), "trade_data").stat().st_mtime > before


def test_it_can_be_made_again_from_what_airflow_stores() -> None:
    path, arguments = InboxTrigger("trade_data", poll_seconds=3).serialize()
    assert path == f"{InboxTrigger.__module__}.InboxTrigger"
    assert InboxTrigger(**arguments).serialize() == (path, arguments)

"""What waits in the inbox: files that have stopped growing and have no entry in the ledger yet.

We look and copy, we never move or change. Links, pipes and devices are seen, named and refused, never opened.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Set
from dataclasses import dataclass
from pathlib import Path

from warehouse.ledger.entries import digest
from warehouse.settings import Settings

_UNFINISHED_STARTS = (".", "~$", "tmp_")
_UNFINISHED_ENDS = (".part", ".tmp", ".crdownload", ".filepart", "~")
_KINDS = ((stat.S_ISLNK, "link"), (stat.S_ISFIFO, "pipe"), (stat.S_ISDIR, "folder"), (stat.S_ISREG, "file"))


@dataclass(frozen=True)
class Arrival:
    """One thing in the inbox: where, from whom, of which kind, and the key under which the ledger remembers it."""

    path: Path
    sender: str
    kind: str
    size: int
    mtime_ns: int
    key: str

    @property
    def file_name(self) -> str:
        """The given name as plain text; it is data and never becomes a path."""
        return os.fsencode(self.path.name).decode("utf-8", "replace")


def settle_seconds() -> float:
    """Return how long a file must stand still; `LIEFERNETZ_SETTLE_SECONDS` changes the default of one second."""
    return float(os.environ.get("LIEFERNETZ_SETTLE_SECONDS", "1"))


def arrivals(settings: Settings, source: str, known: Callable[[list[str]], Set[str]]) -> list[Arrival]:
    """Return what waits for one source, oldest first; files that still grow are left for the next look.

    `known` is asked which of the keys in the inbox have an entry in the ledger.
    """
    return _standing(lambda: _look(settings, source), known)


def strays(settings: Settings, declared: Set[str], known: Callable[[list[str]], Set[str]]) -> list[Arrival]:
    """Return what lies directly in the inbox or in a folder that is no source, as `arrivals` does for a source."""
    return _standing(lambda: _look_astray(settings, declared), known)


def _standing(look: Callable[[], list[Arrival]], known: Callable[[list[str]], Set[str]]) -> list[Arrival]:
    looked = look()
    entered = known([a.key for a in looked])
    found = [a for a in looked if a.key not in entered]
    settle = settle_seconds()
    young = [a for a in found if a.kind == "file" and time.time() - a.mtime_ns / 1e9 < settle]
    if young:
        # One short wait for all of them, then a second look; whoever moved is left for the next drain.
        time.sleep(settle)
        standing = {a.key for a in look()}
        found = [a for a in found if a.key in standing]
    return sorted(found, key=lambda a: (a.mtime_ns, str(a.path)))


def _look(settings: Settings, source: str) -> list[Arrival]:
    folder = settings.inbox / source
    if not folder.is_dir():
        return []
    found: list[Arrival | None] = []
    for entry in sorted(os.scandir(folder), key=lambda e: e.name):
        if _unfinished(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False):
            inside = sorted(os.scandir(entry.path), key=lambda e: e.name)
            found += [_arrival(folder, e, entry.name) for e in inside if not _unfinished(e.name)]
        else:
            found.append(_arrival(folder, entry, ""))
    return [arrival for arrival in found if arrival is not None]


def _look_astray(settings: Settings, declared: Set[str]) -> list[Arrival]:
    if not settings.inbox.is_dir():
        return []
    found: list[Arrival | None] = []
    for entry in sorted(os.scandir(settings.inbox), key=lambda e: e.name):
        if _unfinished(entry.name) or (entry.name in declared and entry.is_dir()):
            continue
        if not entry.is_dir(follow_symlinks=False):
            found.append(_arrival(settings.inbox, entry, ""))
            continue
        for folder, _, names in os.walk(entry.path):
            inside = [e for e in os.scandir(folder) if e.name in names or e.is_symlink()]
            found += [_arrival(settings.inbox, e, entry.name) for e in inside if not _unfinished(e.name)]
    return [arrival for arrival in found if arrival is not None]


def _arrival(folder: Path, entry: os.DirEntry[str], sender: str) -> Arrival | None:
    try:
        state = entry.stat(follow_symlinks=False)
    except FileNotFoundError:  # gone between listing and looking: nothing arrived
        return None
    kind = next((name for is_kind, name in _KINDS if is_kind(state.st_mode)), "device")
    place = os.fsencode(os.path.relpath(entry.path, folder)).hex()
    # A folder's time changes with its content; it is remembered by its place alone.
    moment = "" if kind == "folder" else str(state.st_mtime_ns)
    key = digest(place, str(state.st_size if kind == "file" else 0), moment)
    clean = os.fsencode(sender).decode("utf-8", "replace")
    return Arrival(Path(entry.path), clean, kind, state.st_size, state.st_mtime_ns, key)


def _unfinished(name: str) -> bool:
    return name.startswith(_UNFINISHED_STARTS) or name.lower().endswith(_UNFINISHED_ENDS)

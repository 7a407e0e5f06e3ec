"""Putting files into the inbox the right way: temporary name, fsync, then the final name in one step."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterable
from itertools import count
from pathlib import Path

from ingestion.declarations import declarations
from ingestion.inbox import settle_seconds
from warehouse.archive import fsync_folder
from warehouse.settings import Settings

_LONGEST_NAME = 255  # bytes, on every common file system


class UnknownSource(ValueError):
    """Nobody declared this source."""


def deliver(settings: Settings, files: Iterable[Path], source: str, sender: str = "") -> list[Path]:
    """Copy files into `inbox/<source>/[<sender>/]`; return where they lie. A waiting file is never overwritten."""
    if source not in declarations():
        raise UnknownSource(f"no source {source!r}; declared are {', '.join(declarations())}")
    if sender in (".", "..") or "/" in sender or sender.startswith((".", "~$", "tmp_")):
        raise ValueError(f"sender {sender!r} cannot name a folder; use letters, digits, - and _")
    folder = settings.inbox / source / sender if sender else settings.inbox / source
    folder.mkdir(parents=True, exist_ok=True)
    return [_put(Path(file), folder) for file in files]


def _put(file: Path, folder: Path) -> Path:
    handle, name = tempfile.mkstemp(dir=folder, prefix=".delivering-", suffix=".part")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as target, file.open("rb") as data:
            shutil.copyfileobj(data, target)
            target.flush()
            os.fsync(target.fileno())
            # The file is complete before it has its name, so it need not stand still for a while again.
            settled = time.time_ns() - int(settle_seconds() * 1e9) - 1_000_000
            os.utime(target.fileno(), ns=(settled, settled))
        final = _link(temporary, folder, file.name)
        fsync_folder(folder)
        return final
    finally:
        temporary.unlink(missing_ok=True)


def _link(temporary: Path, folder: Path, name: str) -> Path:
    """Give the file its name, or the name with a number if that is taken; a link fails where a rename overwrites."""
    for attempt in count(1):
        final = folder / (name if attempt == 1 else _numbered(Path(name), f"~{attempt}"))
        try:
            os.link(temporary, final)
        except FileExistsError:
            continue
        return final
    raise AssertionError("unreachable")


def _numbered(name: Path, mark: str) -> str:
    """Return the name with a mark before its ending, shortened where a file system would refuse it."""
    suffix = name.suffix if len(os.fsencode(name.suffix)) < _LONGEST_NAME - len(mark) else ""
    room = _LONGEST_NAME - len(mark) - len(os.fsencode(suffix))
    stem = os.fsencode(name.stem if suffix else name.name)[:room].decode("utf-8", "ignore")
    return f"{stem}{mark}{suffix}"

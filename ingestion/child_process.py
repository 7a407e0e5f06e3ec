"""Running the parse child: its limits, and what its end means."""

from __future__ import annotations

import json
import os
import signal
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ingestion.parse_pool import parse_server
from ingestion.records import FileRefused
from ingestion.sandbox import Limits


class ChildFailed(RuntimeError):
    """The parse child ended in a way that says nothing about the file."""


@dataclass(frozen=True)
class Parsed:
    """What the child recognised; the rows lie as `<table>.text.parquet` and `rejected.jsonl` in its folder."""

    folder: Path
    format: str
    version: str
    table: str
    counted: int
    rejected: int
    unknown_columns: tuple[str, ...]
    sound: int = 0  # rows that the child typed itself, in `sound.parquet`


def limits_from_env() -> Limits:
    """Return the limits; `LIEFERNETZ_PARSE_MEMORY_MB`, `…_CPU_SECONDS` and `…_WALL_SECONDS` change them."""
    default = Limits()
    return Limits(
        memory_bytes=int(os.environ.get("LIEFERNETZ_PARSE_MEMORY_MB", default.memory_bytes >> 20)) << 20,
        cpu_seconds=int(os.environ.get("LIEFERNETZ_PARSE_CPU_SECONDS", default.cpu_seconds)),
        wall_seconds=float(os.environ.get("LIEFERNETZ_PARSE_WALL_SECONDS", default.wall_seconds)),
    )


def parse_in_child(
    path: Path, source: str, file_name: str, folder: Path, limits: Limits | None = None, delivery_id: str = ""
) -> Parsed:
    """Parse a file in a confined process; raise `FileRefused` for the file, `ChildFailed` for us.

    With a `delivery_id` the child may land rows that are sound at first sight itself (see `plain_rows`).
    """
    limits = limits or limits_from_env()
    job = folder / "job.json"
    fields = {"path": str(path), "source": source, "file_name": file_name, "limits": asdict(limits)}
    fields["delivery_id"] = delivery_id
    job.write_text(json.dumps(fields), encoding="utf-8")
    errors = folder / "stderr.txt"
    code = _run(job, errors, limits.wall_seconds)
    meta_file = folder / "meta.json"
    if code != 0 or not meta_file.exists():
        raise _what_the_end_means(code, errors)
    meta: dict[str, Any] = json.loads(meta_file.read_text(encoding="utf-8"))
    if "refused" in meta:
        raise FileRefused(**meta["refused"])
    meta["unknown_columns"] = tuple(meta["unknown_columns"])
    return Parsed(folder=folder, **meta)


def _run(job: Path, errors: Path, wall_seconds: float) -> int:
    for _ in range(2):  # a server that ended between two jobs is replaced once
        with parse_server() as server:
            ended = server.run(job, errors, wall_seconds)
        if ended is not None:
            break
    else:
        raise ChildFailed("the parse server ended twice before it could read the file")
    if ended["timeout"]:
        raise FileRefused(
            "timeout", f"reading the file took longer than {wall_seconds:g} seconds", "send the table in smaller files"
        )
    return int(ended["code"])


# What libraries say when they meet the limits of the cage.
_OUT_OF_BOUNDS = ("MemoryError", "Cannot allocate memory", "failed to map segment", "File too large", "OutOfMemory")


def _what_the_end_means(code: int, errors: Path) -> Exception:
    tail = errors.read_text(encoding="utf-8", errors="replace")[-2000:]
    if code == -signal.SIGXCPU:
        return FileRefused("timeout", "reading the file used up its processor time", "send the table in smaller files")
    if code == -signal.SIGKILL or any(sign in tail for sign in _OUT_OF_BOUNDS):
        return FileRefused(
            "too_large", "the file needs more memory or disk than a delivery may use", "send the table in smaller files"
        )
    if code < 0:
        return FileRefused(
            "unreadable", f"the file broke its parser (signal {-code})", "export the table again as CSV in UTF-8"
        )
    return ChildFailed(f"the parse child ended with code {code}: {tail}")

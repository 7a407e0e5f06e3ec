"""Running the parse child: its environment, its wall clock, and what its end means."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ingestion.records import FileRefused
from ingestion.sandbox import Limits

_PROJECT = Path(__file__).resolve().parent.parent


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


def limits_from_env() -> Limits:
    """Return the limits; `LIEFERNETZ_PARSE_MEMORY_MB`, `…_CPU_SECONDS` and `…_WALL_SECONDS` change them."""
    default = Limits()
    return Limits(
        memory_bytes=int(os.environ.get("LIEFERNETZ_PARSE_MEMORY_MB", default.memory_bytes >> 20)) << 20,
        cpu_seconds=int(os.environ.get("LIEFERNETZ_PARSE_CPU_SECONDS", default.cpu_seconds)),
        wall_seconds=float(os.environ.get("LIEFERNETZ_PARSE_WALL_SECONDS", default.wall_seconds)),
    )


def parse_in_child(path: Path, source: str, file_name: str, folder: Path, limits: Limits | None = None) -> Parsed:
    """Parse a file in a confined process; raise `FileRefused` for the file, `ChildFailed` for us."""
    limits = limits or limits_from_env()
    job = folder / "job.json"
    fields = {"path": str(path), "source": source, "file_name": file_name, "limits": asdict(limits)}
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
    with errors.open("wb") as stderr:
        child = subprocess.Popen(
            [sys.executable, "-m", "ingestion.parse_child", str(job)],
            cwd=job.parent, env=_environment(job.parent), stdin=subprocess.DEVNULL, stdout=stderr, stderr=stderr,
            start_new_session=True,
        )  # fmt: skip
        try:
            return child.wait(timeout=wall_seconds)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
            raise FileRefused(
                "timeout",
                f"reading the file took longer than {wall_seconds:g} seconds",
                "send the table in smaller files",
            ) from None


def _environment(private: Path) -> dict[str, str]:
    """Return a minimal environment: no secrets, no proxies, private temporary folder, one thread."""
    return {
        "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": "UTC", "HOME": str(private), "TMPDIR": str(private),
        "PYTHONPATH": str(_PROJECT), "PYTHONSAFEPATH": "1", "PYTHONDONTWRITEBYTECODE": "1",
        "ARROW_DEFAULT_MEMORY_POOL": "system", "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2",
    }  # fmt: skip


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

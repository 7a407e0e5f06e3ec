"""The manifest of a release: what it contains, what it was built from, and the hashes to check it by."""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from warehouse.archive import file_sha256
from warehouse.settings import Settings

MANIFEST, SUMS, MARK = "manifest.json", "SHA256SUMS", "RETRACTED.json"
STATEMENT = "release.intoto.json"
VERSION = re.compile(r"(\d{4})\.(\d+)")


class NoRelease(Exception):
    """There is no such release; the message says which there are or what to do."""


@dataclass(frozen=True)
class Release:
    """A published version; `retracted` gives the reason if it was taken back."""

    version: str
    path: Path
    candidate_id: str
    snapshot_id: str
    created_at: datetime
    previous: str | None
    rows: dict[str, int]
    retracted: str | None = None

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """The whole manifest as it was written."""
        return read_json(self.path / MANIFEST)

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "version": self.version, "candidate_id": self.candidate_id, "snapshot_id": self.snapshot_id,
            "created_at": self.created_at.isoformat(), "previous": self.previous, "rows": self.rows,
            "retracted": self.retracted, "approved_by": self.manifest.get("approved_by"),
            "digest": file_sha256(self.path / MANIFEST),
        }  # fmt: skip


def order(version: str) -> tuple[int, int]:
    """Sort key of a version: 2026.10 comes after 2026.9."""
    match = VERSION.fullmatch(version)
    if not match:
        raise NoRelease(f"'{version}' is no version; versions look like 2026.1.")
    return int(match[1]), int(match[2])


def read_json(path: Path) -> dict[str, Any]:
    """A JSON object from a file."""
    content = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(content, dict):
        raise ValueError(f"{path.name} holds no JSON object")
    return content


def dump(content: Any) -> str:
    """JSON text in one fixed form."""
    return json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def load(settings: Settings, version: str) -> Release:
    """One release; raises `NoRelease`."""
    order(version)
    folder = settings.releases / version
    if not (folder / MANIFEST).is_file():
        raise NoRelease(f"There is no release {version}; `liefernetz releases` lists what there is.")
    data = read_json(folder / MANIFEST)
    mark = read_json(folder / MARK) if (folder / MARK).is_file() else None
    rows = {name: int(table["rows"]) for name, table in data["tables"].items()}
    return Release(
        version, folder, data["candidate_id"], data["snapshot_id"], datetime.fromisoformat(data["created_at"]),
        data["previous"], rows, mark["reason"] if mark else None,
    )  # fmt: skip


def listing(settings: Settings) -> list[Release]:
    """All releases, the oldest first, retracted ones included and marked."""
    if not settings.releases.is_dir():
        return []
    names = [p.name for p in settings.releases.iterdir() if VERSION.fullmatch(p.name) and (p / MANIFEST).is_file()]
    return [load(settings, name) for name in sorted(names, key=order)]


def file_entries(folder: Path, audiences: dict[str, str], rows: dict[str, int]) -> list[dict[str, Any]]:
    """One entry per file that is in the folder now: path, size, sha-256, audience, rows."""
    paths = sorted(p for p in folder.rglob("*") if p.is_file())
    entries = []
    for path in paths:
        name = path.relative_to(folder).as_posix()
        entry = {"path": name, "bytes": path.stat().st_size, "sha256": file_sha256(path), "audience": audiences[name]}
        entries.append(entry | ({"rows": rows[name]} if name in rows else {}))
    return entries


def sums(folder: Path) -> str:
    """The text of SHA256SUMS for `sha256sum --check`."""
    paths = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file() and p.name != SUMS)
    return "".join(f"{file_sha256(folder / name)}  {name}\n" for name in paths)


def code_digest(settings: Settings) -> str:
    """SHA-256 over the models, seeds and macros that give the numbers their meaning."""
    total = hashlib.sha256()
    for path in sorted(settings.dbt_project.rglob("*")):
        relative = path.relative_to(settings.dbt_project)
        if path.suffix in (".sql", ".yml", ".csv") and path.is_file() and relative.parts[0] not in ("target", "logs"):
            total.update(f"{relative.as_posix()}\0{file_sha256(path)}\0".encode())
    return total.hexdigest()

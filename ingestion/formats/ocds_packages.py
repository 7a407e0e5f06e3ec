"""OCDS documents down to single releases: packages, lists or lines of them, bare releases; records are compiled.

Versions 1.0 and 1.1; a package without a version is 1.0, as the standard says. A package, record or release that
cannot be used becomes one rejected row with its place, and the rest is read on. Fields that no schema names (local
ones and extensions) are never looked at, so they cannot break anything.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingestion.formats.json_text import has_json_lines, read_json, read_json_lines
from ingestion.records import FileRefused

_VERSION = re.compile(r"1\.[01](\.[0-9]+)?")
# What a merge must know of the release schema (1.0 and 1.1) and the sustainability extension: lists that are replaced
# as a whole, and fields that are left out. Without it the library fetches a schema, and nothing here has a network.
_WHOLE_LISTS = (
    "awards.items.additionalClassifications", "contracts.items.additionalClassifications", "awards.suppliers",
    "contracts.relatedProcesses.relationship", "parties.additionalIdentifiers", "parties.roles", "tender.tenderers",
    "relatedProcesses.relationship", "tender.additionalProcurementCategories", "tender.submissionMethod",
    "tender.items.additionalClassifications", "tender.sustainability", "tender.lots.sustainability",
    "contracts.suppliers", "buyer.additionalIdentifiers", "tender.procuringEntity.additionalIdentifiers",
)  # fmt: skip
_RULES = {tuple(path.split(".")): "wholeListMerge" for path in _WHOLE_LISTS} | {
    (name,): "omitWhenMerged" for name in ("id", "date", "tag")
}
_MERGED_LISTS = ("`awards`", "`contracts`", "`tender.lots`")


@dataclass(frozen=True)
class Release:
    """One release, or the compiled release of a record, with its place (JSON pointer) and the package's version."""

    place: str
    version: str | None
    body: dict[str, Any]


@dataclass(frozen=True)
class Unusable:
    """A part of the document that gives no row: why, and what to do."""

    place: str
    code: str
    message: str
    fix: str


def is_ocds(path: Path) -> bool:
    """Tell whether a JSON document is, or lists, OCDS packages, records or releases."""
    return any(isinstance(part, dict) and _kind(part) is not None for _, part in _parts(path))


def read_releases(path: Path) -> Iterator[Release | Unusable]:
    """Yield every release of the document, and what cannot be used. Raises `FileRefused` for broken JSON."""
    for place, part in _parts(path):
        if isinstance(part, FileRefused):
            yield Unusable(place, part.code, part.message, part.fix)
        else:
            yield from _part(part, place)


def _parts(path: Path) -> Iterator[tuple[str, Any]]:
    if has_json_lines(path):
        yield from ((f"line {number}", part) for number, part in read_json_lines(path))
        return
    document = read_json(path)
    if isinstance(document, list):
        yield from ((f"/{number}", part) for number, part in enumerate(document))
    else:
        yield "", document


def _kind(part: dict[str, Any]) -> str | None:
    for name in ("releases", "records"):
        if isinstance(part.get(name), list) and "ocid" not in part:
            return name
    if "ocid" in part:
        return "record" if {"compiledRelease", "releases", "versionedRelease"} & set(part) else "release"
    return None


def _part(part: Any, place: str) -> Iterator[Release | Unusable]:
    kind = _kind(part) if isinstance(part, dict) else None
    if kind is None:
        yield Unusable(place or "/", "not_ocds", "this is no OCDS package, record or release", "send OCDS data")
    elif kind in ("release", "record"):
        yield _single(part, place, None, kind)
    else:
        version = str(part.get("version") or "1.0")
        if not _VERSION.fullmatch(version):
            yield Unusable(place or "/", "unknown_version", f"OCDS version {version[:40]} is not known here",
                           "send the package in OCDS 1.1")  # fmt: skip
            return
        for number, entry in enumerate(part[kind]):
            yield _single(entry, f"{place}/{kind}/{number}", version, kind.removesuffix("s"))


def _single(entry: Any, place: str, version: str | None, kind: str) -> Release | Unusable:
    if not isinstance(entry, dict):
        return Unusable(place, "not_ocds", f"the {kind} is no object", "send OCDS data")
    if not entry.get("ocid"):
        return Unusable(place, "missing_ocid", f"the {kind} has no ocid", "give it the ocid of its contracting process")
    return Release(place, version, entry) if kind == "release" else _compiled(entry, place, version)


def _compiled(record: dict[str, Any], place: str, version: str | None) -> Release | Unusable:
    """Return the record as one release: compiled from its releases, else as its publisher compiled it."""
    compiled = record.get("compiledRelease")
    sent = record.get("releases")
    entries = sent if isinstance(sent, list) else []
    # A linked release is only its address; the full ones carry the ocid.
    full = [entry for entry in entries if isinstance(entry, dict) and "ocid" in entry]
    problem = "the record holds neither whole releases nor a compiled release"
    if full and len(full) == len(entries):
        merged = _merged(full)
        if isinstance(merged, dict):
            return Release(place, version, merged)
        problem = merged
    if isinstance(compiled, dict):
        return Release(f"{place}/compiledRelease", version, {"ocid": record["ocid"]} | compiled)
    return Unusable(place, "not_compiled", problem, "send whole releases with dates, or the compiled release")


def _merged(releases: list[dict[str, Any]]) -> dict[str, Any] | str:
    from ocdsmerge import Merger
    from ocdsmerge.exceptions import OCDSMergeError

    with warnings.catch_warnings(record=True) as raised:
        warnings.simplefilter("always")
        try:
            merged: dict[str, Any] = Merger(merge_rules=_RULES).create_compiled_release(releases)
        except (OCDSMergeError, TypeError, AttributeError) as error:
            return f"the releases cannot be compiled ({str(error)[:150]})"
    for warning in raised:
        # Two awards under one id would have overwritten each other.
        if any(name in str(warning.message) for name in _MERGED_LISTS):
            return f"the releases cannot be compiled ({str(warning.message)[:150]})"
    return merged

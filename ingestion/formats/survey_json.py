"""Submissions as JSON: the OData feed of ODK Central (`value`), the API of KoboToolbox (`results`); repeats nested."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ingestion.formats.json_text import read_json
from ingestion.formats.survey_cells import Instance, Known, add_cell, filled
from ingestion.records import FileRefused

_SYSTEM_OBJECTS = ("__system", "meta")
_IGNORED = ("_attachments", "_geolocation", "_tags", "_notes")
_ROWS = {"value": "odk_json", "results": "kobo_json"}


def recognise(document: Any) -> str | None:
    """Return the format of a document of submissions, or nothing."""
    if not isinstance(document, Mapping):
        return None
    for key, form in _ROWS.items():
        rows = document.get(key)
        if isinstance(rows, list) and any(isinstance(row, Mapping) and _is_submission(row) for row in rows):
            return form
    return None


def _is_submission(row: Mapping[str, Any]) -> bool:
    return "__id" in row or "__system" in row or {"_uuid", "_submission_time"} <= set(row)


def read_submissions(path: Path, known: Known) -> Iterator[Instance]:
    """Yield every submission or, where a form repeats, every repeat; raise `FileRefused` if repeats were left out."""
    document = read_json(path)
    key = next(key for key in _ROWS if isinstance(document.get(key), list))
    for place, row in enumerate(document[key]):
        pointer = f"/{key}/{place}"
        if not isinstance(row, Mapping):
            raise FileRefused("not_a_submission", f"{pointer} is no object", "export the submissions again")
        _refuse_links(row, pointer)
        yield from _instances(Instance(pointer), row, known)


def _refuse_links(row: Mapping[str, Any], pointer: str) -> None:
    for name in row:
        repeat, mark, _ = name.partition("@odata.navigationLink")
        if mark and repeat not in row:
            raise FileRefused(
                "repeats_left_out",
                f"{pointer}: the answers of the repeat group {repeat} are linked, not included",
                "ask the feed with $expand=*",
                column=repeat,
            )


def _instances(instance: Instance, row: Mapping[str, Any], known: Known) -> Iterator[Instance]:
    repeats: list[tuple[str, list[Any]]] = []
    _take(instance, row, "", known, repeats)
    if not repeats or set(instance.cells) - set(known.shared):
        yield instance
    for name, rows in repeats:
        for place, inner in enumerate(rows):
            child = instance.child(f"{instance.place}/{name.replace('/', '~1')}/{place}", known.shared)
            yield from _instances(child, inner, known)


def _take(
    instance: Instance, row: Mapping[str, Any], path: str, known: Known, repeats: list[tuple[str, list[Any]]]
) -> None:
    for name, value in row.items():
        sent = f"{path}{name}"
        if name in _IGNORED:
            continue
        if isinstance(value, Mapping):
            inner = {f"_{key.lower()}": v for key, v in value.items()} if name in _SYSTEM_OBJECTS else value
            _take(instance, inner, "" if name in _SYSTEM_OBJECTS else f"{sent}/", known, repeats)
        elif isinstance(value, list) and value and all(isinstance(inner, Mapping) for inner in value):
            repeats.append((sent, value))
        else:
            text = " ".join(map(str, value)) if isinstance(value, list) else filled(_text(value))
            if text:
                add_cell(instance, sent, text, known)


def _text(value: object) -> object:
    return ("true" if value else "false") if isinstance(value, bool) else value

"""Which declared format a file has: by its header names, never by its file name."""

from __future__ import annotations

import csv
from pathlib import Path

from ingestion.declarations import Format, Source
from ingestion.formats.csv_counter import Naming
from ingestion.formats.header import fit, signature
from ingestion.records import FileRefused

_HEAD = 1 << 16
_ENOUGH = 0.5  # more than half: one of two names in common says little


def detect_csv(path: Path, source: Source, named: Naming | None = None) -> Format:
    """Return the format whose columns the header holds best; raise `FileRefused` if none fits by half."""
    forms = [form for form in source.formats.values() if form.media == "csv"]
    best, score = None, 0.0
    for form in forms:
        header = _header(path, form)
        header = named(header) if named and header else header
        share = fit(header, form, source.tables[form.table])
        if share > score:
            best, score = form, share
    if best is not None and score > _ENOUGH:
        return best
    raise unknown_format(source, _hint(path, forms))


def unknown_format(source: Source, hint: str = "") -> FileRefused:
    """Build the refusal that lists every format of the source and what distinguishes it."""
    known = "; ".join(_describe(form, source) for form in source.formats.values())
    return FileRefused("unknown_format", f"no format of {source.name} fits this file{hint}", f"send one of: {known}")


def _header(path: Path, form: Format) -> tuple[str, ...]:
    with path.open(encoding=form.encodings[0], errors="replace", newline="") as file:
        lines = file.read(_HEAD).splitlines()
    filled = (line for line in lines if line.strip())
    return tuple(next(csv.reader([next(filled, "")], delimiter=form.delimiter), []))


def _hint(path: Path, forms: list[Format]) -> str:
    for form in forms:
        header = _header(path, form)
        if len(header) == 1:
            found = [mark for mark in (";", "\t", "|", ",") if mark != form.delimiter and mark in header[0]]
            if found:
                return f"; its header looks separated by {found[0]!r}, agreed is {form.delimiter!r}"
    return ""


def _describe(form: Format, source: Source) -> str:
    names = ", ".join(signature(form, source.tables[form.table])[:6])
    return f"{form.name} ({form.media}; {'sheet ' + form.sheet if form.sheet else 'columns ' + names} …)"

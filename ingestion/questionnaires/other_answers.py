"""Answers to somebody else's form, judged by its definition: unknown questions and choices, wrong types and limits."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ingestion.formats.containers import open_container
from ingestion.formats.csv_counter import count_rows
from ingestion.formats.csv_rows import read_batches
from ingestion.formats.csv_text import as_utf8
from ingestion.formats.survey_cells import filled, system_name
from ingestion.questionnaires.other_forms import FormField, OtherForm, read_form

_PARTS = re.compile(r"[/:.\-]")
_INDEX = re.compile(r"\[\d+\]")
_NUMBER = re.compile(r"[+-]?\d{1,19}(\.\d{1,20})?([eE][+-]?\d{1,2})?", re.ASCII)
_NUMBERS = ("integer", "decimal", "range")
_BROKEN: dict[str, Callable[[float, float], bool]] = {
    ">=": lambda value, limit: value < limit,
    "<=": lambda value, limit: value > limit,
    ">": lambda value, limit: value <= limit,
    "<": lambda value, limit: value >= limit,
}


@dataclass(frozen=True)
class Misfit:
    """One cell, or for an unknown question one column, that does not fit the form."""

    place: str
    code: str
    field: str
    found: str


@dataclass(frozen=True)
class Judged:
    """What was looked at: lines, filled cells of known questions, and what did not fit."""

    lines: int
    cells: int
    misfits: tuple[Misfit, ...]


def judge_answers(answers: Path, form_file: Path) -> tuple[OtherForm, Judged]:
    """Judge a CSV export (comma or semicolon) by a form; raise `FileRefused` if one of the two cannot be read."""
    with tempfile.TemporaryDirectory() as folder:
        _, workbook = open_container(form_file, Path(folder), {"xlsx"})
        form = read_form(workbook)
        _, path = open_container(answers, Path(folder), {"csv"})
        text = as_utf8(path, ("utf-8-sig",), Path(folder))
        with text.path.open(encoding="utf-8-sig", errors="replace") as stream:
            first = stream.readline()
        delimiter = ";" if first.count(";") > first.count(",") else ","
        counted = count_rows(text.path, delimiter, text.suspect)
        columns = {name: _field_of(name, form) for name in counted.header if not _is_added(name, form)}
        misfits = [Misfit("header", "unknown_question", name, name) for name, f in columns.items() if f is None]
        misfits += [Misfit(row.source_ref, row.code, "", row.message) for row in counted.rejected]
        known = {name: found for name, found in columns.items() if found}
        cells = 0
        for batch in read_batches(text.path, delimiter, counted, text.suspect):
            for line in batch.to_pylist():
                for name, (field, choice) in known.items():
                    value = filled(line[name])
                    if value is not None:
                        cells += 1
                        misfits += _misfits(f"{line['source_ref']}, column {name}", field, choice, value)
    return form, Judged(counted.rows, cells, tuple(misfits))


def _is_added(sent: str, form: OtherForm) -> bool:
    last = _INDEX.sub("", _PARTS.split(sent)[-1])
    counted = last.removesuffix("_count")
    return bool(system_name(sent)) or (counted != last and counted in form.repeats)


def _field_of(sent: str, form: OtherForm) -> tuple[FormField, str | None] | None:
    parts = [_INDEX.sub("", part) for part in _PARTS.split(sent)]
    for name in (sent, parts[-1]):
        if name in form.fields:
            return form.fields[name], None
    above = form.fields.get(parts[-2]) if len(parts) > 1 else None
    return (above, parts[-1]) if above is not None and above.many else None


def _misfits(place: str, field: FormField, choice: str | None, value: str) -> Iterator[Misfit]:
    if choice is not None:
        if value.lower() not in ("0", "1", "true", "false") or not _allows(field, choice):
            yield Misfit(place, "unknown_choice", field.name, f"{choice}: {value[:60]}")
    elif field.kind == "select":
        for one in value.split() if field.many else [value]:
            if not _allows(field, one):
                yield Misfit(place, "unknown_choice", field.name, one[:60])
    elif field.kind in _NUMBERS:
        if not _NUMBER.fullmatch(value) or (field.kind == "integer" and float(value) % 1):
            yield Misfit(place, "not_a_number", field.name, value[:60])
        elif any(_BROKEN[mark](float(value), limit) for mark, limit in field.limits):
            yield Misfit(place, "out_of_range", field.name, value[:60])
    elif field.kind == "date" and not _is_date(value):
        yield Misfit(place, "not_a_date", field.name, value[:60])


def _allows(field: FormField, choice: str) -> bool:
    return field.choices is None or choice in field.choices


def _is_date(value: str) -> bool:
    try:
        date.fromisoformat(value[:10])
    except ValueError:
        return False
    return True

"""Any XLSForm as a definition: the fields of somebody else's questionnaire with their types, choices and limits.

Only what can be judged without running the form is read: formulas for relevance, other constraints and choice filters
are left to the form server, and constraints that were not judged are named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl

from ingestion.formats.questionnaire import canonical_text
from ingestion.records import FileRefused

_SELECT = re.compile(r"(select[ _]one|select[ _]multiple|rank)\s+(\S+)(\s+or[ _]other)?", re.IGNORECASE)
_LIMIT = re.compile(r"\.\s*(>=|<=|>|<)\s*(-?\d+(?:\.\d+)?)")
_GROUP = re.compile(r"(begin|end)[ _](group|repeat)$", re.IGNORECASE)


@dataclass(frozen=True)
class FormField:
    """One field: its type, and the choices and limits that any answer must keep; none stand for 'not judged'."""

    name: str
    kind: str
    choices: frozenset[str] | None = None
    many: bool = False
    limits: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class OtherForm:
    """A form with its fields by name, and the names of fields whose constraint is a formula that nobody runs here."""

    form_id: str
    version: str
    fields: Mapping[str, FormField]
    unjudged: tuple[str, ...]
    repeats: frozenset[str] = frozenset()


def read_form(path: Path) -> OtherForm:
    """Read the sheets survey, choices and settings; raise `FileRefused` if the workbook is no XLSForm."""
    with closing(openpyxl.load_workbook(path, read_only=True, data_only=True)) as book:
        if "survey" not in book.sheetnames:
            raise FileRefused("not_a_form", "the workbook has no sheet survey", "send an XLSForm (xlsform.org)")
        survey = list(_rows(book, "survey"))
        choices: dict[str, set[str]] = {}
        for row in _rows(book, "choices"):
            choices.setdefault(row.get("list_name") or row.get("list name") or "", set()).add(row.get("name", ""))
        settings = next(_rows(book, "settings"), {})
    if not any(row.get("type") and row.get("name") for row in survey):
        raise FileRefused("not_a_form", "the sheet survey has no columns type and name", "send an XLSForm")
    repeats = frozenset(
        row.get("name", "") for row in survey if re.match(r"begin[ _]repeat", row.get("type", ""), re.I)
    )
    fields, unjudged = {}, []
    for row in survey:
        name, kind = row.get("name", ""), row.get("type", "")
        if not name or not kind or _GROUP.match(kind):
            continue
        limits, is_judged = _limits(row.get("constraint", ""))
        fields[name] = _field(name, kind, choices, limits)
        if not is_judged:
            unjudged.append(name)
    return OtherForm(settings.get("form_id", path.stem), settings.get("version", ""), fields, tuple(unjudged), repeats)


def _field(name: str, kind: str, choices: Mapping[str, set[str]], limits: tuple[tuple[str, float], ...]) -> FormField:
    select = _SELECT.match(kind)
    if select is None:
        return FormField(name, kind.split(maxsplit=1)[0].lower(), limits=limits)
    listed = choices.get(select[2])
    # A list from a file or from answers of the form is not known here.
    allowed = frozenset({*listed, *(["other"] if select[3] else [])}) if listed else None
    return FormField(name, "select", allowed, not select[1].lower().endswith("one"))


def _limits(constraint: str) -> tuple[tuple[tuple[str, float], ...], bool]:
    """Return the plain limits of a constraint, and whether they are all of it."""
    parts = [part.strip(" ()") for part in re.split(r"\band\b", constraint)] if constraint else []
    found = [_LIMIT.fullmatch(part) for part in parts]
    return tuple((m[1], float(m[2])) for m in found if m), all(found)


def _rows(book: Any, title: str) -> Iterator[dict[str, str]]:
    if title not in book.sheetnames:
        return
    rows = book[title].iter_rows(values_only=True)
    header = [(canonical_text(cell) or "").strip() for cell in next(rows, ())]
    for cells in rows:
        texts = [(canonical_text(cell) or "").strip() for cell in cells]
        if any(texts):
            yield {name: text for name, text in zip(header, texts, strict=False) if name}

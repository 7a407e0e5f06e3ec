"""One VSME workbook, opened: its ranges, who reports, for which period, in which currency."""

from __future__ import annotations

import re
import warnings
import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook.workbook import Workbook

from ingestion.formats.vsme_concepts import split_name
from ingestion.formats.vsme_labels import countries
from ingestion.formats.vsme_names import Area, filled, named_areas, text_of
from ingestion.formats.vsme_values import DoesNotFit, as_date
from ingestion.records import FileRefused

IDENTIFIER = "template_reporting_entity_identifier"
START, END = "template_reporting_period_startdate", "template_reporting_period_enddate"
VERSION, CURRENCY = "template_reporting_template_version", "template_currency"
VERSION_TEXT = re.compile(r"^\d+\.\d+(\.\d+)?$")


@dataclass(frozen=True)
class Book:
    """A workbook with everything its facts share; None where the sender left it out."""

    workbook: Workbook
    areas: dict[str, Area]
    broken_names: list[str]
    version: str
    entity_id: str | None
    currency: str | None
    period_start: date | None
    period_end: date | None
    country_codes: dict[str, str]
    without_result: frozenset[str]
    counts_full_time_equivalents: bool = False


def load(path: Path, *, results: bool = True) -> Workbook:
    """Open a workbook quietly, with saved results or with formulas; refuse what is none."""
    try:
        with warnings.catch_warnings():
            # openpyxl warns about drop-downs it does not keep; we only read.
            warnings.simplefilter("ignore")
            return load_workbook(path, data_only=results)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, ParseError, OSError) as error:
        message = f"{path.name} cannot be opened as a workbook: {error}"
        raise FileRefused("unreadable_workbook", message, "save it as .xlsx and send it again") from error


def version_in(workbook: Workbook, areas: dict[str, Area]) -> str | None:
    """The template version from its named cell, or from the head of the introduction in early versions."""
    named = text_of(workbook, areas, VERSION)
    if named:
        return named
    if "Introduction" not in workbook.sheetnames:
        return None
    for row in workbook["Introduction"].iter_rows(max_row=12, max_col=4, values_only=True):
        for value in row:
            if VERSION_TEXT.match(str(value).strip()):
                return str(value).strip()
    return None


def valid_id(text: str | None) -> str | None:
    """An identifier of letters, digits and -_.:| only; other characters become a hyphen."""
    return (re.sub(r"[^A-Za-z0-9_.:|-]+", "-", text.strip()).strip("-") or None) if text else None


def _day(workbook: Workbook, areas: dict[str, Area], name: str) -> date | None:
    area = areas.get(name)
    cells = filled(workbook, area) if area is not None else []
    try:
        return as_date(cells[0].value) if cells else None
    except DoesNotFit:
        return None


def _without_result(path: Path, workbook: Workbook, areas: dict[str, Area]) -> frozenset[str]:
    """Formula cells whose result was not saved; looked for only where no title has its result."""
    titles = [name for name in areas if re.match(r"template_[bc]\d+_", name)]
    if any(text_of(workbook, areas, name) for name in titles):
        return frozenset()
    formulas = load(path, results=False)
    found = set()
    for name, area in areas.items():
        if split_name(name) is None and name not in (START, END):
            continue
        for row in area.rows():
            for cell in filled(formulas, area, row):
                is_formula = not isinstance(cell.value, str) or cell.value.startswith("=")
                sheet, _, coordinate = cell.ref.rpartition("!")
                if is_formula and workbook[sheet][coordinate].value is None:
                    found.add(cell.ref)
    return frozenset(found)


def open_book(path: Path) -> Book:
    """Open a VSME workbook and read what all its facts share."""
    workbook = load(path)
    areas, broken = named_areas(workbook)
    return Book(
        workbook=workbook,
        areas=areas,
        broken_names=[name for name in broken if split_name(name) is not None],
        version=version_in(workbook, areas) or "unknown",
        entity_id=valid_id(text_of(workbook, areas, IDENTIFIER)),
        currency=text_of(workbook, areas, CURRENCY),
        period_start=_day(workbook, areas, START),
        period_end=_day(workbook, areas, END),
        country_codes=countries(workbook, areas),
        without_result=_without_result(path, workbook, areas),
        counts_full_time_equivalents="FTE" in (text_of(workbook, areas, "TypeOfNumberOfEmployees") or ""),
    )

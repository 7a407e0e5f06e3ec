"""EFRAG's VSME digital template, the sustainability report of small and medium companies.

Filled in by suppliers once a year in a spreadsheet of some fifteen form-like sheets, not tables:
about 150 named ranges hold the values, further names hold their units and the rows of blocks
(sites, wastes, pollutants). Rows move between versions 1.0 and 1.3; the names stay. Odd: "-" is
what formulas show for "nothing"; mass and volume share a column and the unit tells them apart;
office programs that save without calculating leave formulas without results.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from ingestion.formats.vsme_book import END, IDENTIFIER, START, Book, load, open_book, version_in
from ingestion.formats.vsme_concepts import MEMBER_AXIS, SITE_AXIS, YEAR_MEMBERS, is_instant
from ingestion.formats.vsme_facts import Fact, Problem, facts_of
from ingestion.formats.vsme_names import named_areas, text_of
from ingestion.formats.vsme_values import DoesNotFit, canonical, in_year
from ingestion.records import Record, Rejected

Period = tuple[date, date]


def is_vsme(path: Path) -> bool:
    """True if the workbook carries the template's own range names; nothing else is opened."""
    try:
        with zipfile.ZipFile(path) as parts:
            book = parts.read("xl/workbook.xml").decode("utf-8", errors="replace")
    except (zipfile.BadZipFile, KeyError, OSError):
        return False
    return all(re.search(f"""name=["']{name}["']""", book) for name in (IDENTIFIER, START))


def template_version(path: Path) -> str | None:
    """The version the workbook declares, such as '1.3.0'; None if it declares none."""
    workbook = load(path)
    return version_in(workbook, named_areas(workbook)[0])


def read_vsme(path: Path) -> Iterator[Record | Rejected]:
    """One record per fact for the table of answers; cells that cannot be read are rejected by place."""
    book = open_book(path)
    missing = _what_is_missing(book)
    if missing is not None:
        yield missing
        return
    for number, found in enumerate(facts_of(book), start=1):
        if isinstance(found, Problem):
            raw = json.dumps({"concept": found.concept, "found": found.found}, ensure_ascii=False)
            yield Rejected(number, found.ref, found.code, found.message, found.fix, raw)
        else:
            yield _record(book, number, found)


def period_of(book: Book, fact: Fact) -> Period | None:
    """From and to of a fact; states hold on the last day, base and target years end on its day and month."""
    if book.period_start is None or book.period_end is None:
        return None
    named = next((member for member in fact.dimensions.values() if member in YEAR_MEMBERS), None)
    if named is not None:
        try:
            year = int(canonical("year", text_of(book.workbook, book.areas, named)))
        except DoesNotFit:
            return None
        end = in_year(book.period_end, year)
        return in_year(end, year - 1) + timedelta(days=1), end
    start = book.period_end if is_instant(fact.concept) else book.period_start
    return start, book.period_end


def item_of(fact: Fact) -> str | None:
    """The dimensions of a fact as one stable text: 'axis=member;axis=member' in alphabetical order."""
    return ";".join(f"{axis}={member}" for axis, member in sorted(fact.dimensions.items())) or None


def question_of(fact: Fact) -> str:
    """The concept; members that change its meaning (renewable part, base year, target year) follow a bar."""
    member = next((member for member in fact.dimensions.values() if member in MEMBER_AXIS), None)
    return f"{fact.concept}|{member}" if member else fact.concept


def _unit(book: Book, fact: Fact) -> str | None:
    if fact.unit == "money":
        return book.currency
    if fact.unit == "employees":
        return "fte" if book.counts_full_time_equivalents else "persons"
    # A ratio to money has no entry in the list of units; its concept says what it is.
    return None if fact.unit.endswith("/money") else fact.unit or None


def _record(book: Book, number: int, fact: Fact) -> Record | Rejected:
    period = period_of(book, fact)
    if period is None:
        message = f"{fact.concept} belongs to a base or target year that is not stated"
        return Rejected(number, fact.ref, "year_missing", message, "fill in the year above the column", fact.value)
    is_zero = fact.kind == "number" and fact.value == "0"
    site = fact.dimensions.get(SITE_AXIS)
    values = {
        "entity_id": book.entity_id,
        "site_id": re.sub(r"[^A-Za-z0-9_.:|-]+", "-", site) if site else None,
        "question_id": question_of(fact),
        "item": item_of(fact),
        "value": fact.value,
        "unit": _unit(book, fact),
        "currency": book.currency if fact.unit.endswith("money") else None,
        "value_state": "zero" if is_zero else "value",
        "data_tier": "2",
        "method": f"VSME digital template {book.version}",
        "period_start": period[0].isoformat(),
        "period_end": period[1].isoformat(),
        "answered_at": None,
        "survey_version": book.version,
    }
    return Record(number, fact.ref, values)


def _what_is_missing(book: Book) -> Rejected | None:
    """Without a company and a period no fact can be placed: one reason for the whole workbook."""
    for name, what, found in (
        (IDENTIFIER, "the identifier of the company", book.entity_id),
        (START, "the first day of the reporting period", book.period_start),
        (END, "the last day of the reporting period", book.period_end),
    ):
        if found is not None:
            continue
        place = book.areas[name].ref() if name in book.areas else f"the range named {name}"
        if place in book.without_result:
            message = f"{place} was saved without its result, so that {what} is unknown"
            fix = "open the workbook in an office program, let it calculate, save and send again"
            return Rejected(1, place, "no_cached_value", message, fix)
        message = f"the template does not state {what}"
        return Rejected(1, place, "template_not_filled_in", message, f"fill in {place} and send again")
    if book.period_start and book.period_end and book.period_start > book.period_end:
        place = book.areas[END].ref()
        return Rejected(1, place, "period_reversed", "the reporting period ends before it starts", f"correct {place}")
    return None

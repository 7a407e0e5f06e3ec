"""The facts of a VSME workbook: one per filled cell of a named range, with its rows' dimensions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ingestion.formats.vsme_book import Book
from ingestion.formats.vsme_concepts import AXIS_ALIAS, DEFAULT_MEMBERS, MEMBER_AXIS, kind_of, split_name
from ingestion.formats.vsme_labels import choices, member_of, unit_fits, unit_of
from ingestion.formats.vsme_names import Area, Filled, filled
from ingestion.formats.vsme_values import DoesNotFit, canonical, decimals_of


@dataclass(frozen=True)
class Fact:
    """One value as the sender filled it in."""

    concept: str
    kind: str
    value: str
    unit: str
    decimals: int | None
    ref: str
    dimensions: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Problem:
    """One cell that could not become a fact."""

    concept: str
    ref: str
    code: str
    message: str
    fix: str
    found: str = ""


def facts_of(book: Book) -> Iterator[Fact | Problem]:
    """All facts and problems of the workbook in the order of its sheets, rows and names."""
    for name in book.broken_names:
        message = f"the range name {name} points to no cell (#REF!)"
        yield Problem(name, "workbook", "broken_name", message, "start again from an unchanged template")
    order = {sheet: place for place, sheet in enumerate(book.workbook.sheetnames)}
    areas = book.areas
    for name in sorted(areas, key=lambda name: (order[areas[name].sheet], areas[name].first_row, name)):
        area = areas[name]
        parts = split_name(name)
        if parts is None:
            continue
        concept, member = parts
        axes = _axes(book, area)
        if kind_of(concept)[0] == "choices" or (area.is_block and not axes):
            yield from _list_fact(book, concept, area)
        elif area.is_block:
            for row in area.rows():
                yield from _row_fact(book, concept, area, row, axes)
        else:
            yield from _single_fact(book, concept, member, area)


def _axes(book: Book, area: Area) -> dict[str, Area]:
    found = {name: axis for name, axis in book.areas.items() if name.endswith("Axis") and area.shares_rows_with(axis)}
    return found if area.is_block else {}


def _list_fact(book: Book, concept: str, area: Area) -> Iterator[Fact | Problem]:
    chosen = choices(book.workbook, area)
    errors = [cell for cell in chosen if cell.is_error]
    if errors:
        yield _excel_error(concept, errors[0])
    elif chosen:
        value = "\n".join(str(cell.value) for cell in chosen)
        yield Fact(concept, "choices", value, "", None, chosen[0].ref)


def _single_fact(book: Book, concept: str, member: str | None, area: Area) -> Iterator[Fact | Problem]:
    dimensions = {}
    if member is not None and member not in DEFAULT_MEMBERS:
        dimensions = {MEMBER_AXIS.get(member, "UnknownAxis"): member}
    yield from _cell_fact(book, concept, area, area.first_row, dimensions)


def _row_fact(book: Book, concept: str, area: Area, row: int, axes: dict[str, Area]) -> Iterator[Fact | Problem]:
    dimensions = {}
    for axis, axis_area in axes.items():
        label = filled(book.workbook, axis_area, row)
        if label:
            axis_name = AXIS_ALIAS.get(axis, axis)
            dimensions[axis_name] = member_of(axis_name, str(label[0].value), book.country_codes)
    if len(dimensions) == len(axes):
        yield from _cell_fact(book, concept, area, row, dimensions)
        return
    # Unticked boxes stand in every unused row of a block; they say nothing.
    for cell in filled(book.workbook, area, row):
        if cell.value is not False:
            message = f"{concept} has a value, but its row is not named"
            fix = f"fill in {next(iter(axes.values())).ref(row)}"
            yield Problem(concept, cell.ref, "dimension_missing", message, fix, str(cell.value))


def _cell_fact(book: Book, concept: str, area: Area, row: int, dimensions: dict[str, str]) -> Iterator[Fact | Problem]:
    cells = filled(book.workbook, area, row)
    if not cells:
        if area.ref(row) in book.without_result:
            message = f"the formula of {concept} was saved without its result"
            fix = "open the workbook in an office program, let it calculate, save and send again"
            yield Problem(concept, area.ref(row), "no_cached_value", message, fix)
        return
    cell, kind = cells[0], kind_of(concept)[0]
    if cell.is_error:
        yield _excel_error(concept, cell)
        return
    try:
        value = canonical(kind, cell.value)
    except DoesNotFit as expected:
        message = f"{concept} holds {str(cell.value)[:40]!r}, expected {expected}"
        yield Problem(concept, cell.ref, "value_does_not_fit", message, f"correct {cell.ref}", str(cell.value))
        return
    unit = _unit(book, concept, area, row, cell)
    if isinstance(unit, Problem):
        yield unit
    elif unit is not None:
        decimals = decimals_of(cell.number_format) if kind == "number" else None
        yield Fact(concept, kind, value, unit, decimals, cell.ref, dimensions)


def _unit(book: Book, concept: str, area: Area, row: int, cell: Filled) -> str | Problem | None:
    """The unit of a cell; None if the cell belongs to the other concept of a shared column."""
    unit = kind_of(concept)[1]
    if unit != "_unit":
        return unit
    holder = book.areas.get(f"{concept}_unit")
    labels = filled(book.workbook, holder, row if holder.is_block else None) if holder is not None else []
    found = unit_of(str(labels[0].value)) if labels else None
    if found is not None and unit_fits(concept, found):
        return found
    shared = sum(1 for other in book.areas.values() if other == area) > 1
    if shared and (found is not None or "Volume" in concept):
        return None
    message = f"{concept} has a value, but no unit that fits it"
    fix = f"choose the unit in {holder.ref(row if holder.is_block else None)}" if holder else "use the template's units"
    return Problem(concept, cell.ref, "unit_missing", message, fix, str(cell.value))


def _excel_error(concept: str, cell: Filled) -> Problem:
    message = f"{concept} holds the spreadsheet error {cell.value}"
    return Problem(concept, cell.ref, "excel_error", message, f"correct {cell.ref}", str(cell.value))

"""Which two columns of a concordance hold the codes, and of which editions: the publishers say it in the header only.

Layouts: correlation and conversion tables of the UN Statistics Division ("From HS 2022", "To HS 2017", "Relationship"),
WITS ("HS 2017 Product Code"), Eurostat ("NACE Rev. 2.1 code"). A year and a number of a revision are both editions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import openpyxl

from ingestion.formats.questionnaire import canonical_text
from ingestion.records import Record

_EDITION = re.compile(
    r"^(?P<way>from|to|source|target|old|new)?[\s_]*(?P<scheme>HS|H|CN|NACE|ISIC|CPC|CPV|NUTS|SITC|BEC|NAICS)[\s_-]*"
    r"(?:rev(?:ision)?\.?|version|ver\.?)?[\s_]*(?P<edition>\d{4}|\d{1,2}(?:\.\d)?)(?![\d.])(?P<rest>.*)$",
    re.IGNORECASE,
)
_HS_YEARS = {
    "1988": "92", "1992": "92", "1996": "96", "2002": "02", "2007": "07", "2012": "12", "2017": "17",
    "2022": "22", "2028": "28", "0": "92", "1": "96", "2": "02", "3": "07", "4": "12", "5": "17", "6": "22",
}  # fmt: skip
_WORDS = ("description", "heading", "title", "label", "name", "desc")
_PAIR = "pair "
_SEARCHED_ROWS = 30


@dataclass(frozen=True)
class Edition:
    """One column of codes or of their words: classification, edition, and whether the header calls it the target."""

    scheme: str
    revision: str
    is_words: bool
    is_target: bool | None


def edition_of(name: str) -> Edition | None:
    """Return what a column name says, such as `From HS 2022` or `NACE Rev. 2.1 heading`; None if it names none."""
    found = _EDITION.match(name.strip())
    if found is None:
        return None
    scheme, number = found["scheme"].upper(), found["edition"]
    scheme = "HS" if scheme == "H" else scheme
    rest = re.sub(r"[\s_().]+", " ", found["rest"]).strip().casefold()
    if scheme == "HS":
        number = _HS_YEARS.get(number, number)
    is_words = any(word in rest for word in _WORDS)
    if not is_words and rest not in ("", "code", "codes", "product code", "subheading", "class code", "product"):
        return None
    way = (found["way"] or "").casefold()
    return Edition(scheme, f"{scheme}{number}", is_words, way in ("to", "target", "new") if way else None)


def name_columns(header: tuple[str, ...]) -> tuple[str, ...]:
    """Return the header with `from code`, `pair HS|HS22|HS17` for the codes it leads to, `from name`, `to name`.

    Without "from" and "to" the first code column leads to the second. Other headers stay as they are.
    """
    found = {place: edition for place, name in enumerate(header) if (edition := edition_of(name))}
    codes = [place for place, edition in found.items() if not edition.is_words]
    if len(codes) != 2 or found[codes[0]].revision == found[codes[1]].revision:
        return header
    first, second = (codes[1], codes[0]) if found[codes[0]].is_target else codes
    source, target = found[first], found[second]
    named = {first: "from code", second: f"{_PAIR}{source.scheme}|{source.revision}|{target.revision}"}
    for place, edition in found.items():
        if edition.is_words:
            named[place] = "from name" if edition.revision == source.revision else "to name"
    for place, name in enumerate(header):
        if name.strip().casefold() in ("relationship", "correlation", "relation", "type of link", "correspondence"):
            named[place] = "relationship"
    return tuple(named.get(place, name) for place, name in enumerate(header))


def editions_in(names: tuple[str, ...]) -> tuple[str, str, str, str] | None:
    """Return classification, both editions and the column that holds the second code, from named columns."""
    for name in names:
        if _PAIR in name and len(parts := name.split(_PAIR, 1)[1].split("|")) == 3:
            return parts[0], parts[1], parts[2], name
    return None


def recognise(path: Path) -> bool:
    """Return whether any sheet of a workbook has two columns of codes."""
    with closing(openpyxl.load_workbook(path, read_only=True, data_only=True)) as book:
        return any(_header(book[title]) for title in book.sheetnames if hasattr(book[title], "iter_rows"))


def read_sheets(path: Path) -> Iterator[tuple[int, str, str, Mapping[str, str | None]]]:
    """Yield (number, place, title of the sheet, cells by named column) of every table in a workbook."""
    number = 0
    with closing(openpyxl.load_workbook(path, read_only=True, data_only=True)) as book:
        for sheet in (book[title] for title in book.sheetnames if hasattr(book[title], "iter_rows")):
            if (found := _header(sheet)) is None:
                continue
            top, names = found
            for line, row in enumerate(sheet.iter_rows(min_row=top + 1, values_only=True), start=top + 1):
                cells = dict(zip(names, (canonical_text(cell) for cell in row), strict=False))
                if any(value and value.strip() for value in cells.values()):
                    number += 1
                    yield number, f"sheet {sheet.title}, row {line}", sheet.title, cells


def _header(sheet: object) -> tuple[int, tuple[str, ...]] | None:
    sheet.reset_dimensions()  # type: ignore[attr-defined]
    rows = sheet.iter_rows(max_row=_SEARCHED_ROWS, values_only=True)  # type: ignore[attr-defined]
    for line, row in enumerate(rows, start=1):
        header = tuple((canonical_text(cell) or f"(column {n})").strip() for n, cell in enumerate(row, start=1))
        named = name_columns(header)
        if named != header and editions_in(named):
            return line, named
    return None


def records(path: Path) -> Iterator[Record]:
    """Yield the pairs of a workbook; the title of a sheet says whether it is a conversion."""
    for number, place, title, cells in read_sheets(path):
        found = editions_in(tuple(cells))
        assert found is not None
        scheme, source, target, column = found
        kind = "conversion" if "conver" in title.casefold() and "correl" not in title.casefold() else "correlation"
        sent = {"from_code": cells.get("from code"), "to_code": cells[column], "from_name": cells.get("from name"),
                "to_name": cells.get("to name"), "relationship_sent": cells.get("relationship")}  # fmt: skip
        yield Record(number, place, {"classification": scheme, "from_revision": source, "to_revision": target,
                                     "table_kind": kind, **sent})  # fmt: skip

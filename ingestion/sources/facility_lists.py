"""Facility and supplier lists of brands: who makes it, where, and how many people work there.

Arrives per season as CSV or workbook, in the columns of Open Supply Hub or the brand's own; each file is the sender's
whole list. Odd: every brand has its own header words; countries are names, upper-case names or codes; numbers of
workers are ranges; coordinates may be the middle of the country; ids of Open Supply Hub carry a check digit.
"""

import re
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

import pyarrow as pa

from ingestion.declarations import Format, declarations
from ingestion.formats.country_names import country_code
from ingestion.reader import Reader, RowRule, SnapshotRule
from ingestion.records import Record, Rejected
from warehouse.identifiers import OS_ID_FORM, broken_identifier

_THOUSANDS = re.compile(r"(?<=\d)[,.' \u00a0\u202f](?=\d{3}(?!\d))")
_DECIMAL_COMMA = re.compile(r"[+-]?\d{1,3},\d+")
_ORDERED = re.compile(r"(\d{1,9})\s*(?:-|–|—|to|bis)\s*(\d{1,9})")
# Ids of another form are the sender's own.
_WRONG_OS_ID = f"regexp_full_match(os_id, '{OS_ID_FORM}') and {broken_identifier('os_id', 'os_id')}"


def workers(sent: str | None) -> tuple[str | None, str | None]:
    """Return the least and the most workers of '1,200', '501-1000', '<50', '1001+'; None where nothing is said."""
    text = _THOUSANDS.sub("", (sent or "").strip().casefold())
    ordered = _ORDERED.fullmatch(text)
    if ordered:
        return ordered.group(1), ordered.group(2)
    number = re.sub(r"\D", "", text)
    if re.fullmatch(r"\d{1,9}(\.0)?", text):
        return text.removesuffix(".0"), text.removesuffix(".0")
    if re.fullmatch(r"(>|≥|over |more than )\s*\d{1,9}|\d{1,9}\s*(\+|or more)", text):
        return number, None
    return (None, number) if re.fullmatch(r"(<|≤|under |less than |up to )\s*\d{1,9}", text) else (None, None)


def facility(sent: Mapping[str, str | None]) -> dict[str, str | None]:
    """Return the declared columns of one row under the publisher's names; everything as sent, plus what it means."""
    row = dict(sent)
    least, most = workers(row.get("number_of_workers"))
    row |= {"country_iso2": country_code(row.get("country")), "workers_min": least, "workers_max": most}
    for name in ("lat", "lng"):
        text = (row.get(name) or "").strip()
        row[name] = text.replace(",", ".") if _DECIMAL_COMMA.fullmatch(text) else text or None
    row["os_id"] = re.sub(r"[\s-]+", "", row.get("os_id") or "").upper() or None
    return row


def read(batch: pa.Table, _form: Format, _file_name: str) -> pa.Table:
    """Return a batch of a CSV list with the derived columns, still as text."""
    rows = [facility(row) for row in batch.to_pylist()]
    names = dict.fromkeys([*batch.column_names, "country_iso2", "workers_min", "workers_max", "lat", "lng", "os_id"])
    texts = {name: pa.array([row[name] for row in rows], pa.string()) for name in names if name != "row_number"}
    return pa.table({"row_number": batch["row_number"], **texts})


def _recognise(path: Path) -> str | None:
    from ingestion.formats.listed_sheet import holds_list

    source = declarations()["facility_lists"]
    forms = [form for form in source.formats.values() if form.media == "xlsx"]
    return next((form.name for form in forms if holds_list(path, form, source.tables[form.table])), None)


def read_workbook(path: Path, form: Format) -> Iterator[Record | Rejected]:
    """Yield the rows of a workbook."""
    from ingestion.formats.listed_sheet import read_list

    for row in read_list(path, form, declarations()["facility_lists"].tables[form.table]):
        yield row if isinstance(row, Rejected) else Record(row.row_number, row.source_ref, facility(row.values))


_rule = partial(RowRule, "facilities")
READER = Reader(
    recognise_workbook=_recognise,
    read_workbook=read_workbook,
    adapt=read,
    snapshots={"facilities": SnapshotRule("list_date", date_in_file_name=True)},
    rules=(
        _rule("unknown_country", "country", "country is not null and country_iso2 is null",
              "country: neither a country's code nor its name",
              "write the ISO 3166 code (such as VN or VNM) or the English name of a present country"),
        _rule("bad_checksum", "os_id", _WRONG_OS_ID,
              "os_id: the check digit does not fit", "copy the id again from Open Supply Hub"),
        _rule("half_a_place", "lat", "(lat is null) <> (lng is null)",
              "only one of latitude and longitude is given", "give both or none"),
    ),
)  # fmt: skip

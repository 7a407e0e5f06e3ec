"""Public directories of certified or listed companies, such as those of B Lab or the UN Global Compact.

Arrives as CSV or workbook under each directory's own column names, as exported; each file is the whole directory, so a
shrinking one is held. Odd: companies that lost their certificate stay listed with another state; lists of members only
have no states; one company stands there once per assessment; "since" may be a year alone; scores have a decimal comma.
"""

import re
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

import pyarrow as pa

from ingestion.declarations import Format, declarations
from ingestion.formats.country_names import country_code
from ingestion.formats.row_table import converted
from ingestion.reader import Reader, RowRule, SnapshotRule
from ingestion.records import Record, Rejected

_YEAR = re.compile(r"\b((?:19|20|21)\d\d)\b")
_DECIMAL_COMMA = re.compile(r"\d{1,4},\d{1,2}")
_DERIVED = ("status", "status_sent", "certified_since", "certified_since_year", "country_iso2", "score")
_NOT_BEFORE = "least(first_certified, certified_since)"


def listing(sent: Mapping[str, str | None]) -> dict[str, str | None]:
    """Return the declared columns of one row under the directory's names; a year alone is no day."""
    row = dict(sent)
    since, score = (row.get("certified_since") or "").strip(), (row.get("score") or "").strip()
    year = _YEAR.search(since)
    row |= {"status_sent": row.get("status"), "certified_since_year": year.group(1) if year else None}
    row["certified_since"] = None if _YEAR.fullmatch(since) else since or None
    row["status"] = row["status"] if "status" in sent else "listed"
    row["country_iso2"] = country_code(row.get("country"))
    row["score"] = score.replace(",", ".") if _DECIMAL_COMMA.fullmatch(score) else score or None
    return row


def read(batch: pa.Table, _form: Format, _file_name: str) -> pa.Table:
    """Return a batch of a CSV directory with the derived columns, still as text."""
    return converted(batch, listing, _DERIVED)


def _recognise(path: Path) -> str | None:
    from ingestion.formats.listed_sheet import holds_list

    source = declarations()["company_directories"]
    forms = [form for form in source.formats.values() if form.media == "xlsx"]
    return next((form.name for form in forms if holds_list(path, form, source.tables[form.table])), None)


def read_workbook(path: Path, form: Format) -> Iterator[Record | Rejected]:
    """Yield the rows of a workbook."""
    from ingestion.formats.listed_sheet import read_list

    for row in read_list(path, form, declarations()["company_directories"].tables[form.table]):
        yield row if isinstance(row, Rejected) else Record(row.row_number, row.source_ref, listing(row.values))


_rule = partial(RowRule, "listings")
READER = Reader(
    recognise_workbook=_recognise,
    read_workbook=read_workbook,
    adapt=read,
    snapshots={"listings": SnapshotRule("listed_at", date_in_file_name=True, compared="company_name")},
    rules=(
        _rule("unknown_country", "country", "country is not null and country_iso2 is null",
              "country: neither a country's code nor its name", "write the ISO 3166 code or the English name"),
        _rule("period_reversed", "decertified_at", f"decertified_at < {_NOT_BEFORE} or valid_to < {_NOT_BEFORE}",
              "the listing ends before it begins", "correct the days"),
        _rule("state_contradicts_value", "status", "status = 'certified' and decertified_at is not null",
              "the company counts as certified and has a day of its end", "correct the state or take the day away",
              flags=True),
    ),
)  # fmt: skip

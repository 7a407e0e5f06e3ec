"""Published lists of emission factors: EPA's supply chain factors and the UK Government's conversion factors, yearly.

Arrives as CSV (EPA, any NAICS edition and price year) or as workbook (DESNZ, full set or flat file). Odd: the unit of
EPA holds the year and basis of the prices; the full set of DESNZ is forty sheets like reports, with cells left empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from ingestion.declarations import Format
from ingestion.formats.sql_session import mapped
from ingestion.reader import Reader, RowRule
from ingestion.records import FileRefused, Record, Rejected

_EDITION = re.compile(r"_(v\d+(?:\.\d+)*)_")
_PRICE_YEAR = "nullif(regexp_extract(\"Unit\", '([0-9]{4}) ?USD', 1), '')"


def adapt(batch: pa.Table, _form: Format, file_name: str) -> pa.Table:
    """Return EPA's rows under our column names, still as text; raise `FileRefused` for a file without NAICS codes."""
    code = next((name for name in batch.column_names if name.endswith(" NAICS Code")), None)
    title = next((name for name in batch.column_names if name.endswith(" NAICS Title")), None)
    if code is None or title is None:
        raise FileRefused(
            "missing_column", "the header has no NAICS code and title", "send the list with '2017 NAICS Code' and title"
        )
    edition = _EDITION.search(file_name)
    columns = {
        "factor_list": "'epa_supply_chain'", "scope": "'Scope 3'", "activity": f'"{title}"', "item_code": f'"{code}"',
        "code_scheme": f"'NAICS {code[:4]}'", "unit": '"Unit"', "ghg": '"GHG"',
        "factor": '"Supply Chain Emission Factors with Margins"',
        "factor_without_margins": '"Supply Chain Emission Factors without Margins"',
        "margins": '"Margins of Supply Chain Emission Factors"', "year": _PRICE_YEAR, "price_year": _PRICE_YEAR,
        "reference_code": '"Reference USEEIO Code"' if "Reference USEEIO Code" in batch.column_names else "null",
        "edition": f"'{edition.group(1)}'" if edition else "null",
    }  # fmt: skip
    return mapped(batch, columns)


def _recognise(path: Path) -> str | None:
    from ingestion.formats.desnz import recognise_desnz

    return recognise_desnz(path)


def read(path: Path, form: Format) -> Iterator[Record | Rejected]:
    """Yield the factors of a workbook."""
    from ingestion.formats.desnz import read_desnz

    return read_desnz(path, form.name)


READER = Reader(
    adapt=adapt,
    recognise_workbook=_recognise,
    read_workbook=read,
    rules=(
        RowRule(
            "factors", "missing_value", "price_year", "factor_list = 'epa_supply_chain' and price_year is null",
            "a spend-based factor without the year of its prices", "send the unit as published, with its price year",
        ),
        RowRule(
            "factors", "bad_format", "item_code",
            "factor_list = 'epa_supply_chain' and not coalesce(regexp_full_match(item_code, '[0-9A-Z]{2,6}'), false)",
            "no NAICS code", "send the code as published",
        ),
    ),
)  # fmt: skip

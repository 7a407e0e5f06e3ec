"""Indicators of countries and years: World Bank databases, CO2 data of Our World in Data, human development of UNDP.

Arrives yearly, each edition whole. Odd: years or indicators are columns, so a row lands with its cells as one JSON text
and staging turns them into rows; exports of the World Bank end with notes (kept, the last one dates the edition);
groups and former states stand among the countries, with codes of the publisher or none.
"""

from __future__ import annotations

import re

import pyarrow as pa

from ingestion.declarations import Format
from ingestion.formats.sql_session import mapped
from ingestion.formats.wide_values import NO_NUMBERS, name_year_columns, sent_values, year_columns
from ingestion.reader import Reader, RowRule

_EDITION = re.compile(r"(HDR\d{2}(?:-\d{2})?|\d{4}-\d{2}-\d{2})")
_STATISTICS = {
    ".EST|": "estimate", ".STD.ERR|": "stddev", ".NO.SRC|": "nsource", ".PER.RNK|": "pctrank",
    ".PER.RNK.LOWER|": "pctranklower", ".PER.RNK.UPPER|": "pctrankupper",
}  # fmt: skip
_IS_NOTE = "trim(\"Country Code\") = '' and trim(\"Series Code\") = ''"


def _world_bank(sent: list[str]) -> dict[str, str]:
    return {
        "dataset": "'world_bank'",
        "row_kind": f"case when {_IS_NOTE} then 'note' else 'data' end",
        "country_code": '"Country Code"',
        "country_name": f'case when not ({_IS_NOTE}) then "Country Name" end',
        "indicator_code": '"Series Code"',
        "indicator_name": '"Series Name"',
        "sent_values": sent_values(year_columns(sent)),
        "note": f'case when {_IS_NOTE} then "Country Name" end',
    }


def _wgi_long(_sent: list[str]) -> dict[str, str]:
    return {
        "dataset": "'world_bank'", "row_kind": "'data'", "country_code": "code", "country_name": "countryname",
        "year": '"year"', "indicator_code": "upper(trim(indicator))", "sent_values": sent_values(_STATISTICS),
    }  # fmt: skip


def _owid(sent: list[str]) -> dict[str, str]:
    own = ("row_number", "source_ref", "iso_code", "country", "year")
    indicators = {f"{name}|": name for name in sent if name not in own and not name.startswith("unknown: ")}
    return {
        "dataset": "'owid_co2'", "row_kind": "'data'", "country_code": "iso_code", "country_name": "country",
        "year": '"year"', "sent_values": sent_values(indicators),
    }  # fmt: skip


def _undp(sent: list[str]) -> dict[str, str]:
    groups = {"country_group": "region", "development_group": "hdicode"}
    return {
        "dataset": "'undp_hdr'", "row_kind": "'data'", "country_code": "iso3", "country_name": "country",
        "sent_values": sent_values(year_columns(sent)),
    } | {ours: theirs for ours, theirs in groups.items() if theirs in sent}  # fmt: skip


_LAYOUTS = {
    "world_bank_wide_csv": _world_bank, "wgi_long_csv": _wgi_long, "owid_co2_csv": _owid, "undp_hdr_csv": _undp,
}  # fmt: skip


def read(batch: pa.Table, form: Format, file_name: str) -> pa.Table:
    """Return a batch of a publisher's rows under our column names, still as text."""
    sent = batch.column_names
    edition = _EDITION.search(file_name)
    columns = _LAYOUTS[form.name](sent) | ({"edition": f"'{edition.group(1)}'"} if edition else {})
    used = set(year_columns(sent).values()) if form.name in ("world_bank_wide_csv", "undp_hdr_csv") else set()
    return mapped(batch, columns, used)


READER = Reader(
    adapt=read,
    name_columns=name_year_columns,
    rules=(
        RowRule(
            "indicators", "not_a_number", "sent_values", NO_NUMBERS,
            "a cell of the row is no number", "write numbers as 1234.56 and leave missing cells empty",
        ),
        RowRule(
            "indicators", "missing_value", "country_name",
            "row_kind = 'data' and country_name is null and country_code is null",
            "the row names no country", "fill the code or the name of the country or group",
        ),
        RowRule(
            "indicators", "missing_value", "indicator_code",
            "row_kind = 'data' and dataset = 'world_bank' and indicator_code is null",
            "the row names no indicator", "fill the code of the series",
        ),
        RowRule(
            "indicators", "missing_value", "year", "dataset = 'owid_co2' and year is null",
            "the row names no year", "fill the year",
        ),
    ),
)  # fmt: skip

"""International trade in goods: UN Comtrade exports and API answers, BACI of CEPII, the trade matrix of FAOSTAT.

Arrives monthly or yearly in seven CSV layouts told apart by their columns, and as JSON. Odd: levels, totals and
sub-flows share one file and are kept as rows (the meaning of the line decides what counts); quantity 0 with the unit
"no quantity" is unknown; BACI counts thousands of dollars and tonnes, its HS revision stands in the file name only;
FAOSTAT counts by CPC.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from ingestion.declarations import Format, declarations
from ingestion.formats.baci_plain import baci_layout
from ingestion.formats.sql_session import mapped
from ingestion.reader import Reader
from ingestion.records import FileRefused, Record, Rejected

_BACI_NAME = re.compile(r"BACI_(HS\d{2})_Y\d{4}_V(\d{6})")
_VINTAGE = re.compile(r"_V(\d{6})")
_NUMBER = "[0-9]+([.][0-9]+)?([eE][+-]?[0-9]{1,2})?"
_REVISIONS = {"H0": "HS92", "H1": "HS96", "H2": "HS02", "H3": "HS07", "H4": "HS12", "H5": "HS17", "H6": "HS22"}
_FLOWS = {
    "1": "import", "2": "export", "3": "re_export", "4": "re_import", "M": "import", "X": "export", "RX": "re_export",
    "RM": "re_import", "DX": "domestic_export", "FM": "foreign_import", "MIP": "inward_processing_import",
    "XIP": "inward_processing_export", "MOP": "outward_processing_import", "XOP": "outward_processing_export",
}  # fmt: skip
# Abbreviations of the World Customs Organization; 1 and -1 mean "no quantity" and have none.
_UNITS = {
    "2": "m2", "3": "1000 kWh", "4": "m", "5": "u", "6": "2u", "7": "l", "8": "kg", "9": "1000u", "10": "packages",
    "11": "12u", "12": "m3", "13": "carat",
}  # fmt: skip


def _mapped(column: str, names: dict[str, str], otherwise: str | None = None) -> str:
    """Return the SQL that replaces a publisher's codes; an unknown code stays as sent and is quarantined later."""
    cases = " ".join(f"when '{code}' then '{name}'" for code, name in names.items())
    return f'case trim("{column}") {cases} else {otherwise or f"""{chr(34)}{column}{chr(34)}"""} end'


def _comtrade(period: str, revision: str, flow: str, unit: str, quantity: str, **columns: str) -> dict[str, str]:
    return {
        "code_scheme": "'comtrade'",
        "year": f'left(trim("{period}"), 4)',
        "month": f"case when length(trim(\"{period}\")) = 6 then right(trim(\"{period}\"), 2) end",
        "hs_revision": _mapped(revision, _REVISIONS),
        "flow": _mapped(flow, _FLOWS),
        "quantity_unit": _mapped(unit, _UNITS, "null"),
        "quantity": f"case when trim(\"{unit}\") not in ('1', '-1', '') then \"{quantity}\" end",
    } | {name: f'"{column}"' for name, column in columns.items()}  # fmt: skip


def _estimated(column: str) -> str:
    return f"case when trim(\"{column}\") = '0' then 'false' when trim(\"{column}\") in ('2', '4', '6') then 'true' end"


def _plain(column: str) -> str:
    return f"ltrim(trim(\"{column}\"), '''')"


_LAYOUTS = {
    "comtrade_legacy_csv": _comtrade(
        "Period", "Classification", "Trade Flow Code", "Qty Unit Code", "Qty", reporter_code="Reporter Code",
        partner_code="Partner Code", partner2_code="2nd Partner Code", hs_code="Commodity Code",
        customs_code="Customs Proc. Code", transport_code="Mode of Transport Code", value_usd="Trade Value (US$)",
        netweight_kg="Netweight (kg)",
    ) | {"is_estimated": _estimated("Flag")},
    "comtrade_bulk_csv": _comtrade(
        "Year", "Classification", "Trade Flow Code", "Quantity Unit Code", "Supplementary Quantity",
        reporter_code="Reporter Code", partner_code="Partner Code", hs_code="Commodity Code", value_usd="Value",
        netweight_kg="Netweight (kg)",
    ) | {"is_estimated": _estimated("Estimation Code")},
    "comtrade_api_csv": _comtrade(
        "period", "classificationCode", "flowCode", "qtyUnitCode", "qty", reporter_code="reporterCode",
        partner_code="partnerCode", partner2_code="partner2Code", hs_code="cmdCode", customs_code="customsCode",
        transport_code="motCode", value_usd="primaryValue", netweight_kg="netWgt", is_reported="isReported",
    ) | {"is_estimated": "cast('true' in (lower(\"isQtyEstimated\"), lower(\"isNetWgtEstimated\")) as varchar)"},
    "baci_csv": {
        "code_scheme": "'baci'", "flow": "'export'", "year": "t", "reporter_code": "i", "partner_code": "j",
        "hs_code": "case when regexp_full_match(trim(k), '[0-9]{1,6}') then lpad(trim(k), 6, '0') else k end",
        "value_usd": f"case when regexp_full_match(trim(v), '{_NUMBER}') "
        "then cast(try_cast(v as decimal(28, 6)) * 1000 as varchar) else v end",
        "netweight_kg": f"case when regexp_full_match(trim(q), '{_NUMBER}') "
        "then cast(try_cast(q as decimal(28, 6)) * 1000 as varchar) when trim(q) <> 'NA' then q end",
    },
    "faostat_tm_csv": {
        "code_scheme": "'cpc'", "reporter_name": '"Reporter Countries"', "partner_name": '"Partner Countries"',
        "element_code": '"Element Code"', "element": '"Element"', "item_name": '"Item"', "year": '"Year"',
        "unit": '"Unit"', "value": '"Value"', "flag": '"Flag"', "item_code": _plain("Item Code (CPC)"),
        "reporter_m49": _plain("Reporter Country Code (M49)"), "partner_m49": _plain("Partner Country Code (M49)"),
    },
}  # fmt: skip


def read(batch: pa.Table, form: Format, file_name: str) -> pa.Table:
    """Return a batch of a publisher's rows under our column names, still as text."""
    columns = dict(_LAYOUTS[form.name])
    if form.name == "baci_csv":
        columns |= _baci_edition(form, file_name)
    return mapped(batch, columns)


def _baci_edition(form: Format, file_name: str) -> dict[str, str]:
    named = _BACI_NAME.search(file_name)
    if named:
        return {"hs_revision": f"'{named.group(1)}'", "source_release": f"'{named.group(2)}'"}
    if "hs_revision" in form.constants:
        return {}
    raise FileRefused(
        "revision_unknown",
        "BACI rows name no HS revision, and the file name does not say it",
        "keep the publisher's file name, such as BACI_HS22_Y2023_V202501.csv",
    )


def _release(file_name: str) -> str | None:
    return found.group(1) if (found := _VINTAGE.search(file_name)) else None


def _recognise(path: Path, media: str) -> str | None:
    from ingestion.formats.comtrade_json import recognise_comtrade

    return recognise_comtrade(path) if media == "json" else None


def read_answer(path: Path, form: Format) -> Iterator[Record | Rejected]:
    """Yield the rows of a JSON answer of UN Comtrade, mapped as the same rows in CSV."""
    from ingestion.formats.comtrade_json import read_comtrade

    forms = declarations()["trade_data"].formats
    return read_comtrade(path, form.name, lambda table, name: read(table, forms[name], path.name))


READER = Reader(
    adapt=read,
    file_version=_release,
    recognise_document=_recognise,
    read_document=read_answer,
    plain={"baci_csv": baci_layout(_baci_edition)},
)

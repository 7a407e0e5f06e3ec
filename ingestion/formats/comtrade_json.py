"""Answers of UN Comtrade's interfaces as JSON: today's `{"data": [...]}` and the legacy `{"dataset": [...]}`.

The rows are brought under the column names of the CSV exports, so that one mapping reads both media.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa

from ingestion.formats.json_text import read_json
from ingestion.formats.row_table import object_tables, table_records
from ingestion.records import FileRefused, Record, Rejected

_API = (
    "period", "reporterCode", "flowCode", "partnerCode", "partner2Code", "classificationCode", "cmdCode",
    "customsCode", "motCode", "qtyUnitCode", "qty", "isQtyEstimated", "netWgt", "isNetWgtEstimated", "primaryValue",
    "isReported",
)  # fmt: skip
_LEGACY = {
    "pfCode": "Classification", "period": "Period", "rgCode": "Trade Flow Code", "rtCode": "Reporter Code",
    "ptCode": "Partner Code", "ptCode2": "2nd Partner Code", "cstCode": "Customs Proc. Code",
    "motCode": "Mode of Transport Code", "cmdCode": "Commodity Code", "qtCode": "Qty Unit Code",
    "TradeQuantity": "Qty", "NetWeight": "Netweight (kg)", "TradeValue": "Trade Value (US$)", "estCode": "Flag",
}  # fmt: skip
# Format, the array of rows, a key that only its rows have, and our column for each key.
_LAYOUTS = (
    ("comtrade_api_json", "data", "reporterCode", {name: name for name in _API}),
    ("comtrade_legacy_json", "dataset", "rtCode", _LEGACY),
)
_CSV_OF = {"comtrade_api_json": "comtrade_api_csv", "comtrade_legacy_json": "comtrade_legacy_csv"}


def recognise_comtrade(path: Path) -> str | None:
    """Return the format of an answer by its array of rows; raises `FileRefused` for an answer that is an error."""
    document = read_json(path)
    if not isinstance(document, dict):
        return None
    for name, array, mark, _ in _LAYOUTS:
        rows = document.get(array)
        if isinstance(rows, list) and any(isinstance(row, dict) and mark in row for row in rows[:100]):
            return name
    if document.get("error"):
        raise FileRefused(
            "error_answer", f"the interface answered with an error: {str(document['error'])[:200]}", "ask it again"
        )
    return None


def read_comtrade(path: Path, name: str, adapt: Callable[[pa.Table, str], pa.Table]) -> Iterator[Record | Rejected]:
    """Yield the rows of an answer; `adapt` maps a table under the CSV column names of the format it is given."""
    document = read_json(path)
    array, names = next((array, names) for form, array, _, names in _LAYOUTS if form == name)
    for table, rejected in object_tables(document[array], f"/{array}", names):
        yield from rejected
        yield from table_records(adapt(table, _CSV_OF[name]))

"""Official statistics as SDMX, from statistical offices and their networks, as each dataflow is released.

Arrives as SDMX-CSV 1.0 or 2.0, with codes or codes and names, or as SDMX-JSON 1.0 or 2.0. Odd: every dataflow has
dimensions of its own, so they become one series key, `DIM=code` sorted by name; a value counts only with its unit and
its multiplier (UNIT_MULT 3: thousands); a missing value is NaN or an empty cell with a status.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from ingestion.declarations import Format
from ingestion.formats.sdmx_csv import name_columns, read_observations
from ingestion.reader import Reader
from ingestion.records import Record, Rejected


def _adapt(batch: pa.Table, _form: Format, _file_name: str) -> pa.Table:
    return read_observations(batch)


def _recognise(path: Path, media: str) -> str | None:
    from ingestion.formats.sdmx_json import recognise_sdmx

    return recognise_sdmx(path) if media == "json" else None


def read(path: Path, _form: Format) -> Iterator[Record | Rejected]:
    """Yield the observations of an SDMX-JSON message."""
    from ingestion.formats.sdmx_json import read_sdmx

    return read_sdmx(path)


READER = Reader(adapt=_adapt, name_columns=name_columns, recognise_document=_recognise, read_document=read)

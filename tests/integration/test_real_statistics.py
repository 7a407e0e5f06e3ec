"""A real SDMX-CSV file with codes and names: every observation lands once, under the key a second reader builds."""

import csv
import os
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from ingestion.deliver import deliver
from ingestion.intake import drain
from tests.conftest import AT, home

FOLDER = Path(os.environ.get("LIEFERNETZ_REAL_DATA") or "nowhere") / "D_context/sdmx"
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(
        not FOLDER.is_dir(), reason="LIEFERNETZ_REAL_DATA does not name the folder of real public files"
    ),
]


def test_every_observation_lands_under_its_key(tmp_path: Path) -> None:
    settings = home(tmp_path / "home")
    file = next(FOLDER.glob("*.csv"))
    deliver(settings, [file], "statistics", "publisher")
    delivery = drain(settings, "statistics", AT)[0]
    with file.open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    assert (delivery.outcome, delivery.format, delivery.rows_accepted) == ("accepted", "sdmx_csv_2", len(rows))
    path = settings.home / delivery.tables[0].path
    sql = f"select series_key, time_period, obs_value, unit_mult from read_parquet('{path}') order by row_number"
    names = ("CURRENCY", "FREQ", "GEO_PICT", "INDICATOR")
    for (key, period, value, power), row in zip(duckdb.sql(sql).fetchall(), rows, strict=True):
        assert (key, period) == ("|".join(f"{n}={row[n]}" for n in names), row["TIME_PERIOD"])
        assert value == (Decimal(row["OBS_VALUE"]).quantize(Decimal("1e-9")) if row["OBS_VALUE"] else None)
        assert power == (int(row["UNIT_MULT"]) if row["UNIT_MULT"] else None)

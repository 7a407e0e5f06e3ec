"""Real lists of factors: as many factors land as a second reader finds numbers under the names of factors."""

import csv
import os
from pathlib import Path

import duckdb
import openpyxl
import pytest

from ingestion.deliver import deliver
from ingestion.intake import drain
from tests.conftest import AT, home
from warehouse.ledger import Delivery
from warehouse.settings import Settings

FOLDER = Path(os.environ.get("LIEFERNETZ_REAL_DATA") or "nowhere") / "D_context"
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(
        not FOLDER.is_dir(), reason="LIEFERNETZ_REAL_DATA does not name the folder of real public files"
    ),
]


def take(settings: Settings, file: Path) -> Delivery:
    deliver(settings, [file], "factor_lists", "publisher")
    return drain(settings, "factor_lists", AT)[0]


def test_every_spend_factor_lands(tmp_path: Path) -> None:
    settings = home(tmp_path / "home")
    file = next((FOLDER / "epa").glob("*.csv"))
    delivery = take(settings, file)
    with file.open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    assert (delivery.outcome, delivery.rows_accepted) == ("accepted", len(rows))
    path = settings.home / delivery.tables[0].path
    found = duckdb.sql(f"select sum(factor), count(distinct price_year) from read_parquet('{path}')").fetchall()[0]
    total = sum(float(row["Supply Chain Emission Factors with Margins"]) for row in rows)
    assert (float(found[0]), found[1]) == (pytest.approx(total), 1)


def test_every_number_under_the_name_of_a_factor_lands(tmp_path: Path) -> None:
    settings = home(tmp_path / "home")
    file = next((FOLDER / "desnz").glob("*.xlsx"))
    delivery = take(settings, file)
    numbers = 0
    for sheet in openpyxl.load_workbook(file, read_only=True, data_only=True):
        # Column by column: whatever stands below the name of a factor, until the sheet ends.
        for column in zip(*sheet.iter_rows(values_only=True), strict=False):
            texts = [place for place, cell in enumerate(column) if str(cell).startswith(("kg CO2e", "kWh ("))]
            begin = texts[0] if texts and sheet.title not in ("Conversions", "Fuel properties") else len(column)
            numbers += sum(isinstance(cell, int | float) for cell in column[begin:])
    assert (delivery.outcome, delivery.rows_accepted) == ("accepted", numbers)

"""Real lists of brands from Open Supply Hub: every row is read, every country understood."""

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

FOLDER = Path(os.environ.get("LIEFERNETZ_REAL_DATA") or "nowhere") / "C_suppliers" / "osh_lists"
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(
        not FOLDER.is_dir(), reason="LIEFERNETZ_REAL_DATA does not name the folder of real public files"
    ),
]


def sent_rows(path: Path) -> list[list[str]]:
    if path.suffix == ".xlsx":
        sheet = openpyxl.load_workbook(path).worksheets[0]
        return [[str(cell) for cell in row] for row in sheet.iter_rows(min_row=2, values_only=True)]
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


@pytest.fixture(scope="module")
def landed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, list[Delivery]]:
    settings = home(tmp_path_factory.mktemp("lists") / "home")
    files = [path for path in sorted(FOLDER.iterdir()) if path.suffix in (".csv", ".xlsx")]
    for path in files:
        deliver(settings, [path], "facility_lists", path.stem.replace(" ", "-").lower())
    return settings, drain(settings, "facility_lists", AT)


def test_every_row_of_every_list_is_accepted(landed: tuple[Settings, list[Delivery]]) -> None:
    _, deliveries = landed
    due = {name: len(sent_rows(FOLDER / name)) for name in (d.file_name for d in deliveries)}
    assert len(due) == 10
    assert {d.file_name: (d.outcome, d.rows_accepted) for d in deliveries} == {
        n: ("accepted", c) for n, c in due.items()
    }


def test_names_and_countries_are_the_ones_in_the_files(landed: tuple[Settings, list[Delivery]]) -> None:
    settings, deliveries = landed
    for delivery in deliveries:
        path = settings.home / delivery.tables[0].path
        query = f"select country, name, country_iso2 from read_parquet('{path}') order by row_number"
        found = duckdb.sql(query).fetchall()
        assert [row[:2] for row in found] == [
            (r[0].strip(), r[1].strip()) for r in sent_rows(FOLDER / delivery.file_name)
        ]
        assert all(iso2 == country for country, _, iso2 in found if len(country) == 2)
        assert all(len(iso2) == 2 for _, _, iso2 in found)

"""The collected certificates of the Coffee Quality Institute: every row lands, counted with the csv module."""

import csv
from datetime import date
from pathlib import Path
from unicodedata import normalize

import duckdb
import pytest

from ingestion.deliver import deliver
from ingestion.intake import drain
from tests.conftest import AT, home

pytestmark = pytest.mark.real_data


def test_every_certificate_lands_with_both_days(real_data: Path, tmp_path: Path) -> None:
    file = real_data / "B_certification/coffee_cqi/arabica_ratings_raw.csv"
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    settings = home(tmp_path / "home")
    deliver(settings, [file], "coffee_certificates", "publisher")
    delivery = drain(settings, "coffee_certificates", AT)[0]
    assert (delivery.rows_in, delivery.rows_accepted) == (len(rows), len(rows))
    assert {r.code for r in delivery.reasons} <= {"missing_should"}
    path = settings.home / delivery.tables[0].path
    sql = "select count(grading_date), count(distinct certifying_body), min(grading_date) >= ?, count(*) from "
    found = duckdb.execute(f"{sql} read_parquet('{path}')", [date(2009, 1, 1)]).fetchall()
    assert found == [
        (len(rows), len({normalize("NFC", row["Certification Body"]).strip() for row in rows}), True, len(rows))
    ]

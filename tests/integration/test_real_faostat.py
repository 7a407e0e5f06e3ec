"""The real trade matrix of FAOSTAT: every row lands, counted by a second reader, and codes keep their zeros."""

import csv
import os
from collections import Counter
from pathlib import Path

import duckdb
import pytest

from ingestion.deliver import deliver
from ingestion.intake import drain
from tests.conftest import AT, home

FOLDER = Path(os.environ.get("LIEFERNETZ_REAL_DATA") or "nowhere") / "A_trade/faostat"
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(
        not FOLDER.is_dir(), reason="LIEFERNETZ_REAL_DATA does not name the folder of real public files"
    ),
]


def test_every_row_of_the_trade_matrix_lands_as_sent(tmp_path: Path) -> None:
    settings = home(tmp_path / "home")
    file = next(FOLDER.glob("*.csv"))
    deliver(settings, [file], "trade_data", "publisher")
    delivery = drain(settings, "trade_data", AT)[0]
    with file.open(encoding="utf-8-sig", newline="") as text:
        rows = list(csv.DictReader(text))
    assert (delivery.outcome, delivery.format, delivery.rows_accepted) == ("accepted", "faostat_tm_csv", len(rows))
    path = settings.home / delivery.tables[0].path
    found = duckdb.sql(f"select reporter_m49, flag, count(*) from read_parquet('{path}') group by 1, 2").fetchall()
    assert {(m49, flag): n for m49, flag, n in found} == Counter(
        (row["Reporter Country Code (M49)"], row["Flag"]) for row in rows
    )
    total = duckdb.sql(f"select sum(value), count(*) filter (value = 0) from read_parquet('{path}')").fetchall()[0]
    assert float(total[0]) == pytest.approx(sum(float(row["Value"]) for row in rows))
    assert total[1] == sum(float(row["Value"]) == 0 for row in rows)

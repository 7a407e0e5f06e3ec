"""Real editions of country indicators: as many values land as a second reader finds cells with numbers."""

import csv
import os
from pathlib import Path

import duckdb
import pytest

from ingestion.deliver import deliver
from ingestion.intake import drain
from tests.conftest import AT, home

FOLDER = Path(os.environ.get("LIEFERNETZ_REAL_DATA") or "nowhere") / "D_context"
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(
        not FOLDER.is_dir(), reason="LIEFERNETZ_REAL_DATA does not name the folder of real public files"
    ),
]
VALUES = "select count(*) from (select unnest(map_values(cast(cast(sent_values as json) as map(varchar, varchar)))) " \
         "as v from {}) where v is not null"  # fmt: skip


@pytest.mark.parametrize(("name", "outcome", "form", "not_values"), [
    ("wgi/wgi.csv", "accepted", "world_bank_wide_csv", {"Country Name", "Country Code", "Series Name", "Series Code"}),
    ("owid/owid-co2-data.csv", "accepted", "owid_co2_csv", {"iso_code", "country", "year"}),
    ("undp/HDR21-22_gii_subset.csv", "accepted_with_warnings", "undp_hdr_csv",
     {"iso3", "country", "hdicode", "region", "difference_2010_2019"}),
])  # fmt: skip
def test_every_value_lands(tmp_path: Path, name: str, outcome: str, form: str, not_values: set[str]) -> None:
    settings = home(tmp_path / "home")
    deliver(settings, [FOLDER / name], "country_context", "publisher")
    delivery = drain(settings, "country_context", AT)[0]
    with (FOLDER / name).open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    assert (delivery.outcome, delivery.format, delivery.rows_accepted) == (outcome, form, len(rows))
    cells = sum(cell not in ("", "..") for row in rows for column, cell in row.items() if column not in not_values)
    path = settings.home / delivery.tables[0].path
    assert duckdb.sql(VALUES.format(f"read_parquet('{path}')")).fetchall() == [(cells,)]

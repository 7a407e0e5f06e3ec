"""A real page of a demonstration server: read in its own edition, digits as sent."""

import json
import os
from pathlib import Path

import duckdb
import pytest

from ingestion.deliver import deliver
from ingestion.intake import drain
from tests.conftest import AT, home

FOLDER = Path(os.environ.get("LIEFERNETZ_REAL_DATA") or "nowhere") / "C_suppliers" / "pact"
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(
        not FOLDER.is_dir(), reason="LIEFERNETZ_REAL_DATA does not name the folder of real public files"
    ),
]


def test_every_footprint_of_every_document_is_accepted(tmp_path: Path) -> None:
    settings = home(tmp_path / "home")
    for path in sorted(FOLDER.glob("*.json")):
        deliver(settings, [path], "product_footprints", "publisher")
    for delivery in drain(settings, "product_footprints", AT):
        sent = json.loads((FOLDER / delivery.file_name).read_text(encoding="utf-8"))
        assert (delivery.rows_in, delivery.rows_accepted) == (len(sent), len(sent))
        columns = "footprint_id, spec_edition, fossil_emissions, geography_country, primary_data_share_percent::double"
        path = settings.home / delivery.tables[0].path
        found = duckdb.sql(f"select {columns} from read_parquet('{path}') order by row_number").fetchall()
        due = [
            (s["id"], s["specVersion"][0], s["pcf"]["fossilGhgEmissions"], "FR", s["pcf"]["primaryDataShare"])
            for s in sent
        ]
        assert found == due

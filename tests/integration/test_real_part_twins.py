"""Test data of Catena-X: every edge of every bill of material lands, also one that is stated ten times."""

import json
import os
from pathlib import Path

import duckdb
import pytest

from ingestion.deliver import deliver
from ingestion.intake import drain
from tests.conftest import AT, home

FOLDER = Path(os.environ.get("LIEFERNETZ_REAL_DATA") or "nowhere") / "C_suppliers" / "catenax"
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(
        not FOLDER.is_dir(), reason="LIEFERNETZ_REAL_DATA does not name the folder of real public files"
    ),
]


def test_the_edges_are_the_ones_of_the_container(tmp_path: Path) -> None:
    (path,) = FOLDER.glob("*.json")
    twins = json.loads(path.read_text(encoding="utf-8"))["https://catenax.io/schema/TestDataContainer/1.0.0"]
    submodels = [
        (key, body) for twin in twins for key, bodies in twin.items() if "SingleLevel" in key for body in bodies
    ]
    down = [(b["catenaXId"], i["catenaXId"]) for key, b in submodels if "Bom" in key for i in b["childItems"]]
    up = [i for key, b in submodels if "Usage" in key for i in b["parentParts"]]
    settings = home(tmp_path / "home")
    deliver(settings, [path], "part_twins", "publisher")
    (delivery,) = drain(settings, "part_twins", AT)
    assert (delivery.outcome, len(down), len(up)) == ("accepted", 70, 48)
    assert delivery.rows_in == delivery.rows_accepted == 118
    file = settings.home / delivery.tables[0].path
    query = f"select parent_id, child_id from read_parquet('{file}') where stated_by = 'parent'"
    assert sorted(duckdb.sql(query).fetchall()) == sorted(down)
    query = f"select count(*) from read_parquet('{file}') where parent_bpn is null or lifecycle_phase <> 'as_planned'"
    assert duckdb.sql(query).fetchall() == [(0,)]

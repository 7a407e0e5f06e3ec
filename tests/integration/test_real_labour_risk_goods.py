"""The real list of goods and the real profiles: every pair of good and country lands, counted in the text itself."""

import os
from pathlib import Path

import duckdb
import pytest

from ingestion.deliver import deliver
from ingestion.intake import drain
from tests.conftest import AT, home

FOLDER = Path(os.environ.get("LIEFERNETZ_REAL_DATA") or "nowhere") / "D_context/dol"
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(
        not FOLDER.is_dir(), reason="LIEFERNETZ_REAL_DATA does not name the folder of real public files"
    ),
]


@pytest.mark.parametrize("name", ["goods_2016.xml", "countries_2016.xml"])
def test_every_good_of_every_country_lands(tmp_path: Path, name: str) -> None:
    settings = home(tmp_path / "home")
    deliver(settings, [FOLDER / name], "labour_risk_goods", "publisher")
    delivery = drain(settings, "labour_risk_goods", AT)[0]
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert (delivery.outcome, delivery.rows_accepted) == ("accepted", text.count("<Child_Labor>"))
    path = settings.home / delivery.tables[0].path
    flags = "count(*) filter (is_child_labour), count(*) filter (is_forced_labour)"
    expected = (text.count("<Child_Labor>Yes"), text.count("<Forced_Labor>Yes"))
    assert duckdb.sql(f"select {flags} from read_parquet('{path}')").fetchall() == [expected]

"""Example documents of GS1: every event and thing lands, counted by hand from the JSON."""

import json
import os
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ingestion.deliver import deliver
from ingestion.intake import drain
from tests.conftest import AT, home

FOLDER = Path(os.environ.get("LIEFERNETZ_REAL_DATA") or "nowhere") / "C_suppliers" / "epcis"
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(
        not FOLDER.is_dir(), reason="LIEFERNETZ_REAL_DATA does not name the folder of real public files"
    ),
]
LISTS = (
    "epcList",
    "quantityList",
    "inputEPCList",
    "inputQuantityList",
    "outputEPCList",
    "outputQuantityList",
    "childEPCs",
)


def events(path: Path) -> list[dict[str, Any]]:
    body = json.loads(path.read_text(encoding="utf-8"))["epcisBody"]
    found: list[dict[str, Any]] = body.get("eventList") or body["queryResults"]["resultsBody"]["eventList"]
    return found


def test_every_event_and_thing_lands(tmp_path: Path) -> None:
    settings = home(tmp_path / "home")
    deliver(settings, sorted(FOLDER.glob("*.jsonld")), "material_flows", "publisher")
    deliveries = drain(settings, "material_flows", AT)
    assert len(deliveries) == 4
    for delivery in deliveries:
        sent = events(FOLDER / delivery.file_name)
        things = sum(len(event.get(name, [])) for event in sent for name in LISTS)
        assert (delivery.rows_in, delivery.rows_accepted) == (things, things), delivery.file_name
        file = settings.home / delivery.tables[0].path
        query = f"select distinct event_number, event_type, event_time from read_parquet('{file}') order by 1"
        due = [(n, event["type"], event["eventTime"]) for n, event in enumerate(sent, start=1)]
        assert duckdb.sql(query).fetchall() == due

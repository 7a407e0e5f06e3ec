"""SDMX in four shapes: the same observations land as the same rows, whatever the medium."""

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ingestion.deliver import deliver
from ingestion.intake import drain
from tests.conftest import AT, home
from warehouse.ledger import Delivery
from warehouse.settings import Settings

CSV_1 = """DATAFLOW,LAST UPDATE,freq,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG
STAT:ENERGY(1.0),01/02/24 11:00:00,A,GWH,DE,2020,12.50,p
STAT:ENERGY(1.0),01/02/24 11:00:00,A,GWH,DE,2021,,c
"""
BOTH = """DATAFLOW,freq: Frequency,unit: Unit,geo: Area,TIME_PERIOD: Time,OBS_VALUE: Value,OBS_FLAG: Flag
STAT:ENERGY(1.0): Energy,A: Annual,GWH: Gigawatt hours,DE: Germany,2020,12.50,p: provisional
STAT:ENERGY(1.0): Energy,A: Annual,GWH: Gigawatt hours,DE: Germany,2021,NaN,c: confidential
"""
CSV_2 = """STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,ACTION,GEO,Geo,FREQ,Frequency,TIME_PERIOD,Time,OBS_VALUE,Value,UNIT_MULT,Multiplier
DATAFLOW,STAT:ENERGY(2.1),Energy,I,DE,Germany,Q,Quarterly,2020-Q3,,7,,3,thousands
DATAFLOW,STAT:ENERGY(2.1),Energy,D,DE,Germany,Q,Quarterly,2020-Q4,,,,,
"""
ROWS = "select dataflow_agency, dataflow_id, dataflow_version, series_key, time_period, year, obs_value::varchar, " \
       "obs_status, unit_measure from {} order by row_number"  # fmt: skip
EXPECTED = [
    ("STAT", "ENERGY", "1.0", "freq=A|geo=DE|unit=GWH", "2020", 2020, "12.500000000", "p", "GWH"),
    ("STAT", "ENERGY", "1.0", "freq=A|geo=DE|unit=GWH", "2021", 2021, None, "c", "GWH"),
]


def coded(name: str, *codes: str) -> dict[str, Any]:
    return {"id": name, "values": [{"id": code, "name": f"name of {code}"} for code in codes]}


STRUCTURE = {
    "links": [{"rel": "dataflow", "urn": "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=STAT:ENERGY(1.0)"}],
    "dimensions": {
        "dataSet": [coded("freq", "A")],
        "series": [coded("geo", "FR", "DE"), coded("unit", "GWH")],
        "observation": [coded("TIME_PERIOD", "2020", "2021")],
    },
    "attributes": {"dataSet": [], "series": [], "observation": [coded("OBS_STATUS", "p", "c")]},
}
SERIES = {"1:0": {"attributes": [], "observations": {"0": [12.50, 0], "1": [None, 1]}}}
FLAT = STRUCTURE | {
    "dimensions": {"observation": [coded("geo", "DE"), coded("unit", "GWH"), coded("freq", "A"),
                                   coded("TIME_PERIOD", "2020", "2021")]},
    "measures": {"observation": [{"id": "OBS_VALUE"}]},
}  # fmt: skip
JSON_1 = {"header": {}, "structure": STRUCTURE, "dataSets": [{"action": "Information", "series": SERIES}]}
JSON_2 = {"meta": {}, "data": {"structures": [FLAT], "dataSets": [
    {"structure": 0, "observations": {"0:0:0:0": [12.50, 0], "0:0:0:1": [None, 1]}}]}}  # fmt: skip


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return home(tmp_path / "home")


def send(settings: Settings, content: str) -> Delivery:
    file = settings.home.parent / "file"
    file.write_text(content, encoding="utf-8")
    deliver(settings, [file], "statistics", "office")
    return drain(settings, "statistics", AT)[-1]


def landed(settings: Settings, delivery: Delivery, sql: str) -> list[tuple[object, ...]]:
    return duckdb.sql(sql.format(f"read_parquet('{settings.home / delivery.tables[0].path}')")).fetchall()


@pytest.mark.parametrize(("content", "name"), [
    (CSV_1, "sdmx_csv_1"), (BOTH, "sdmx_csv_1"), (json.dumps(JSON_1), "sdmx_json_1"), (json.dumps(JSON_2), "sdmx_json_2"),
    (json.dumps({"data": {k: v for k, v in JSON_1.items() if k != "header"}}), "sdmx_json_1"),
])  # fmt: skip
def test_one_meaning_in_every_shape(settings: Settings, content: str, name: str) -> None:
    delivery = send(settings, content)
    assert (delivery.outcome, delivery.format, delivery.rows_in) == ("accepted", name, 2)
    assert landed(settings, delivery, ROWS) == EXPECTED


def test_labels_beside_codes_are_no_dimensions(settings: Settings) -> None:
    delivery = send(settings, CSV_2)
    assert (delivery.outcome, delivery.format, delivery.rows_accepted) == ("accepted", "sdmx_csv_2", 2)
    sql = "select action, series_key, time_period, year, unit_mult, attributes from {} order by row_number"
    assert landed(settings, delivery, sql) == [
        ("information", "FREQ=Q|GEO=DE", "2020-Q3", 2020, 3, None), ("delete", "FREQ=Q|GEO=DE", "2020-Q4", 2020, None, None),
    ]  # fmt: skip


def test_observations_that_cannot_count_are_quarantined(settings: Settings) -> None:
    row = "STAT:ENERGY(1.0),,A,GWH,{},{},{},\n"
    odd = [("FR", "2020", "1,5"), ("FR", "", "1"), ("IT", "2020", "1"), ("IT", "2020", "2"), ("AT", "sometime", "1")]
    delivery = send(settings, CSV_1 + "".join(row.format(a, b, f'"{c}"') for a, b, c in odd))
    assert (delivery.outcome, delivery.rows_in, delivery.rows_accepted) == ("partly_quarantined", 7, 2)
    assert {(r.code, r.field) for r in delivery.reasons} >= {
        ("not_a_number", "obs_value"), ("missing_value", "time_period"), ("missing_value", "year"),
    }  # fmt: skip
    assert "contradicting_rows" in {r.code for r in delivery.reasons}


def test_a_key_that_points_nowhere_is_quarantined(settings: Settings) -> None:
    series = {**SERIES, "5:0": {"observations": {"0": [1]}}, "0": {"observations": {"0": [1]}}}
    delivery = send(settings, json.dumps({**JSON_1, "dataSets": [{"series": series}]}))
    assert (delivery.outcome, delivery.rows_in, delivery.rows_accepted) == ("partly_quarantined", 4, 2)
    assert {r.code for r in delivery.reasons} == {"broken_index"}


@pytest.mark.parametrize(("content", "code"), [
    (CSV_2.replace(",Multiplier\n", "\n").replace(",thousands\n", "\n").replace("2020-Q4,,,,,", "2020-Q4,,,,"), "unpaired_labels"),
    ("geo,TIME_PERIOD,OBS_VALUE\nDE,2020,1\n", "missing_column"),
    (json.dumps({"dataSets": [], "structure": None}), "unknown_format"),
])  # fmt: skip
def test_what_is_no_message_is_rejected(settings: Settings, content: str, code: str) -> None:
    delivery = send(settings, content)
    assert (delivery.outcome, [r.code for r in delivery.reasons]) == ("rejected", [code])

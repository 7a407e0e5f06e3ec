"""The line as a whole: nothing is lost, repeating changes nothing, order does not matter, every value is traceable."""

import random
from pathlib import Path

import duckdb

from console.sample_network import SampleNetwork
from ingestion.deliver import deliver
from ingestion.intake import drain_all
from tests.conftest import AT, Line, home, take_all
from warehouse.candidate import build, snapshot_now
from warehouse.connection import connect
from warehouse.ledger import Ledger
from warehouse.release import publish, verify
from warehouse.settings import Settings

# What names a run rather than a value: times of arrival differ between two homes, and ids follow from them.
_RUN = ("received_at", "computed_at")


def put(settings: Settings, network: SampleNetwork, seed: int | None = None) -> None:
    files = list(network.deliveries)
    if seed is not None:
        random.Random(seed).shuffle(files)
    for delivery in files:
        deliver(settings, [delivery.path], delivery.source, delivery.sender)


def contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with connect(path) as connection:
        tables = [r[0] for r in connection.execute(
            "select table_name from duckdb_tables() where schema_name = 'marts' order by 1").fetchall()]  # fmt: skip
        return {table: sorted(_values(connection, table), key=repr) for table in tables}


def _values(connection: duckdb.DuckDBPyConnection, table: str) -> list[tuple[object, ...]]:
    names = [row[0] for row in connection.execute(f"select column_name from (describe marts.{table})").fetchall()]
    compared = ", ".join(name for name in names if name not in _RUN)
    return connection.execute(f"select {compared} from marts.{table}").fetchall()


def test_every_row_is_accounted_for(line: Line) -> None:
    taken_in = [d for d in line.deliveries if d.outcome not in ("duplicate", "rejected")]
    assert len(taken_in) > 30
    assert [d.file_name for d in taken_in if d.rows_in != d.rows_accepted + d.rows_quarantined] == []


def test_every_file_in_the_inbox_has_one_entry(line: Line) -> None:
    files = [p for p in line.settings.inbox.rglob("*") if p.is_file()]
    assert len(files) == len(line.network.deliveries) == len(Ledger.open(line.settings).deliveries())
    assert Ledger.open(line.settings).verify() == []


def test_a_second_look_into_the_inbox_changes_nothing(copied_home: Settings) -> None:
    before = Ledger.open(copied_home).head()
    assert drain_all(copied_home, at=AT) == []
    assert Ledger.open(copied_home).head() == before


def test_delivering_everything_again_gives_duplicates_and_the_same_snapshot(copied_home: Settings, line: Line) -> None:
    ledger = Ledger.open(copied_home)
    before = snapshot_now(copied_home, ledger).snapshot_id
    put(copied_home, line.network)
    again = drain_all(copied_home, at=AT)
    assert {d.outcome for d in again} == {"duplicate"}
    assert len(again) == len(line.network.deliveries)
    assert snapshot_now(copied_home, ledger).snapshot_id == before


def test_another_order_gives_the_same_tables(line: Line, tmp_path: Path) -> None:
    settings = home(tmp_path / "other")
    put(settings, line.network, seed=7)
    take_all(settings)
    other = build(settings, Ledger.open(settings), AT)
    assert other.snapshot_id == line.candidate.snapshot_id
    tables, reference = contents(other.path), contents(line.candidate.path)
    # Of two files that contradict each other the later one is held until somebody decides: that is told as it happened.
    settled, expected = ({row[0] for row in found.pop("dim_delivery")} for found in (tables, reference))
    assert settled == expected
    assert tables == reference


def test_publishing_again_gives_the_same_release(copied_home: Settings, line: Line) -> None:
    again = publish(copied_home, Ledger.open(copied_home), line.candidate.candidate_id, AT)
    assert again.version == line.release.version


def test_the_release_is_what_was_published(line: Line) -> None:
    assert verify(line.settings, line.release.version) == []


def test_every_kpi_has_values_and_each_value_is_traceable(line: Line) -> None:
    without = line.rows(
        "select v.kpi_id, count(*) from fact_kpi_value as v where v.status = 'ok' and not exists ("
        "select 1 from fact_kpi_input as i where i.kpi_id = v.kpi_id and i.entity_id = v.entity_id"
        " and i.period_start = v.period_start and i.dim_hash = v.dim_hash) group by 1"
    )
    assert without == []
    ok = {str(k) for (k,) in line.rows("select distinct kpi_id from fact_kpi_value where status = 'ok'")}
    built = "R01 R02 R03 R04 R05 R06 R13 E01 E02 E03 E04 E05 E10 E11 E12 E22 E23 E24 S05 S06 C01 C03 C05 B01 B02 Q01 Q02 Q05"
    built += (
        " C02 C04 C06 C07 E13 E16 E17 N03 Q07 R07 R08 R09 R10 R11 R12 R14 R15 R16 R17 R18 R19 R20 R22 R23 S01 S02 S03"
    )
    built += " E06 E07 E08 E09"
    built += " N04 N05"
    built += " D01 D02 D03 D04 D05 D06 D07"
    built += " S04 S07 S10"
    built += " G01 G02 G03 G04 S11"
    built += " E14 E15 E18 E19 E20 E21 E25"
    assert ok == set(built.split())


def test_traced_rows_exist_in_the_deliveries_they_name(line: Line) -> None:
    lost = line.rows(
        "select count(*) from fact_kpi_input as i left join dim_delivery as d using (delivery_id)"
        " where i.delivery_id is not null and (d.delivery_id is null or i.row_number > d.rows_in + 2000)"
    )
    traced = line.rows("select count(*) from fact_kpi_input where delivery_id is not null")
    assert lost == [(0,)]
    assert traced[0][0] > 10_000  # type: ignore[operator]

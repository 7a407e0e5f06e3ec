"""The wide form says what the long form says: one row per company and period, value and status of each measure."""

from pathlib import Path

import duckdb
import pandas as pd
import pytest

from tests.fixtures.public_candidate import AT, network, ready, sound_rows, value
from warehouse.ledger import Ledger
from warehouse.release import Release, publish, verify


@pytest.fixture
def release(tmp_path: Path) -> Release:
    settings = network(tmp_path)
    rows = sound_rows()
    rows["fact_kpi_value"] += [
        value("C0001", None, kpi_id="E02", dim_hash="h2", dim_variant="=1+1", status="not_reported"),
        value("C0002", 7.0, kpi_id="E02", dim_hash="h2", dim_variant="=1+1"),
        value("C0002", 9.0, kpi_id="E02", dim_hash="h3", dim_category="steel"),
    ]
    release = publish(settings, Ledger.open(settings), ready(settings, "s1-1", rows), AT)
    assert verify(settings, release.version) == []
    return release


def test_value_and_status_of_each_measure_are_those_of_the_long_form(release: Release) -> None:
    long = pd.read_parquet(release.path / "analysts/fact_kpi_value.parquet")
    long = long[(long.entity_type == "company") & long.dim_category.isna()]
    long["measure"] = long.kpi_id + long.dim_variant.map(lambda v: "" if pd.isna(v) else f"_{v}")
    wide = pd.read_parquet(release.path / "analysts/kpi_wide.parquet").set_index("company_id")
    assert set(wide.index) == set(long.entity_id)
    for what, suffix in (("value", ""), ("status", "_status")):
        expected = long.pivot_table(index="entity_id", columns="measure", values=what, aggfunc="first", dropna=False)
        found = wide[[f"{measure}{suffix}" for measure in expected.columns]].set_axis(expected.columns, axis=1)
        pd.testing.assert_frame_equal(found.sort_index(), expected.sort_index(), check_names=False, check_dtype=False)


def test_unknown_has_a_status_and_no_value_and_breakdowns_stay_in_the_long_form(release: Release) -> None:
    with duckdb.connect(str(release.path / "liefernetz.duckdb"), read_only=True) as connection:
        rows = connection.execute(
            'select "E02_=1+1", "E02_=1+1_status" from kpi_wide where company_id in (?, ?) order by company_id',
            ["C0001", "C0002"],
        ).fetchall()
    assert rows == [(None, "not_reported"), (7.0, "ok")]


def test_the_files_are_listed_for_analysts_and_say_the_same(release: Release) -> None:
    audiences = {entry["path"]: entry["audience"] for entry in release.manifest["files"]}
    assert {audiences["analysts/kpi_wide.csv"], audiences["analysts/kpi_wide.parquet"]} == {"analyst"}
    with duckdb.connect() as connection:
        counts = [
            connection.execute(
                f"select count(*), count(\"E01\") from '{release.path}/analysts/kpi_wide.{kind}'"
            ).fetchone()
            for kind in ("csv", "parquet")
        ]
    assert counts[0] == counts[1]

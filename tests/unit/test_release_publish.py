"""A release contains what passed the gate, in forms that last, and tells everything about itself but secrets."""

import json
import stat
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from tests.fixtures.public_candidate import AT, network, ready, restated_rows, sound_rows, trace
from warehouse.ledger import Ledger
from warehouse.release import Release, ReleaseRefused, current, listing, open_release, publish, verify
from warehouse.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return network(tmp_path)


@pytest.fixture
def ledger(settings: Settings) -> Ledger:
    return Ledger.open(settings)


@pytest.fixture
def release(settings: Settings, ledger: Ledger) -> Release:
    return publish(settings, ledger, ready(settings, "s1-1"), AT)


def test_the_first_release_of_a_year_is_number_one_and_current(settings: Settings, release: Release) -> None:
    assert release.version == "2026.1"
    assert current(settings) == release
    assert verify(settings, "2026.1") == []


def test_a_release_is_recorded_in_the_ledger_with_the_hash_of_its_manifest(ledger: Ledger, release: Release) -> None:
    (step,) = ledger.steps(step="release")
    assert (step.subject, step.payload["candidate_id"], len(step.payload["manifest_sha256"])) == ("2026.1", "s1-1", 64)


def test_publishing_the_same_candidate_again_gives_the_same_release(
    settings: Settings, ledger: Ledger, release: Release
) -> None:
    again = publish(settings, ledger, "s1-1", AT + timedelta(hours=1))
    assert (again, len(listing(settings)), len(ledger.steps(step="release"))) == (release, 1, 1)


def test_a_rebuild_of_the_same_snapshot_with_the_same_content_is_no_new_release(
    settings: Settings, ledger: Ledger, release: Release
) -> None:
    assert publish(settings, ledger, ready(settings, "s1-2"), AT).version == "2026.1"


def test_the_next_release_gets_the_next_number_and_a_new_year_starts_at_one(
    settings: Settings, ledger: Ledger, release: Release
) -> None:
    second = publish(settings, ledger, ready(settings, "s2-2", restated_rows(2.0)), AT)
    third = publish(settings, ledger, ready(settings, "s3-3", restated_rows(3.0)), AT + timedelta(days=60))
    assert (second.version, second.previous, third.version) == ("2026.2", "2026.1", "2027.1")


def test_two_writes_of_the_same_rows_give_the_same_parquet_bytes(tmp_path: Path) -> None:
    hashes = []
    for home in ("a", "b"):
        settings = network(tmp_path / home)
        rows = sound_rows()
        if home == "b":
            rows = {table: list(reversed(entries)) for table, entries in rows.items()}
        release = publish(settings, Ledger.open(settings), ready(settings, "s1-1", rows), AT)
        files = release.manifest["files"]
        hashes.append({f["path"]: f["sha256"] for f in files if f["path"].endswith((".parquet", ".csv"))})
    assert hashes[0] == hashes[1]
    assert len(hashes[0]) == 2 * len(sound_rows()) + 4  # the two statistics in SDMX-CSV, and the wide form


def test_the_database_is_sorted_described_closed_and_readable_by_older_engines(release: Release) -> None:
    path = release.path / "liefernetz.duckdb"
    assert not path.with_suffix(".duckdb.wal").exists()
    with duckdb.connect(str(path), read_only=True) as connection:
        tags = connection.execute("select tags from duckdb_databases() where database_name = 'liefernetz'").fetchone()
        comments = connection.execute(
            "select column_name from duckdb_columns() where comment is null and not internal"
        ).fetchall()
        ids = connection.execute("select entity_id from fact_kpi_value where kpi_id = 'E01'").fetchall()
    assert "v1.0.0" in str(tags)
    assert (comments, ids) == ([], sorted(ids))


def test_analyst_files_are_closed_to_others_and_public_ones_open(release: Release) -> None:
    modes = {e["path"]: stat.S_IMODE((release.path / e["path"]).stat().st_mode) for e in release.manifest["files"]}
    audiences = {entry["path"]: entry["audience"] for entry in release.manifest["files"]}
    assert {modes[path] for path, audience in audiences.items() if audience == "analyst"} == {0o440}
    assert {modes[path] for path, audience in audiences.items() if audience != "analyst"} == {0o444}
    assert stat.S_IMODE((release.path / "analysts").stat().st_mode) == 0o750
    assert audiences["liefernetz.duckdb"] == "analyst"
    assert audiences["public/benchmark_sector.csv"] == "association"


def test_a_reader_can_neither_write_nor_look_outside_the_release(settings: Settings, release: Release) -> None:
    with open_release(settings) as connection:
        for attempt in ("delete from dim_kpi", f"select * from read_text('{settings.ledger_url}')", "attach 'x.duckdb'",
                        "set enable_external_access = true", "install httpfs"):  # fmt: skip
            with pytest.raises(duckdb.Error):
                connection.execute(attempt)


def test_text_that_a_spreadsheet_would_run_is_disarmed_in_csv_and_kept_elsewhere(
    settings: Settings, ledger: Ledger
) -> None:
    evil = ["=1+1", "+1", "-1", "@x", "\tx", "\rx", 'a,"b"\nc', ""]
    rows = sound_rows()
    rows["fact_kpi_input"] += [trace("C0001", 1.0, input_name=f"x{n}", input_text=t) for n, t in enumerate(evil)]
    release = publish(settings, ledger, ready(settings, "s1-1", rows), AT)
    assert verify(settings, release.version) == []
    text = (release.path / "analysts/fact_kpi_input.csv").read_bytes().decode()
    with duckdb.connect() as connection:
        shown = connection.execute(
            "select input_text from read_csv(?, header = true, all_varchar = true, quote = '\"', escape = '\"')",
            [str(release.path / "analysts/fact_kpi_input.csv")],
        ).fetchall()
    assert [cell for (cell,) in shown if cell and cell[0] in "=+-@\t\r"] == []
    assert "'=1+1" in text
    with open_release(settings) as connection:
        kept = connection.execute("select input_text from fact_kpi_input where input_text is not null").fetchall()
    assert sorted(cell for (cell,) in kept) == sorted(evil)


def test_no_secret_of_the_policy_leaves_the_house(settings: Settings, ledger: Ledger) -> None:
    settings.home.mkdir(exist_ok=True)
    settings.policy_file.write_text("sdc: {version: 7, p_percent: 13.37}\n", encoding="utf-8")
    release = publish(settings, ledger, ready(settings, "s1-1"), AT)
    files = [path for path in release.path.rglob("*") if path.is_file()]
    assert release.manifest["policy_version"] == 7
    assert len(files) > 15
    found = [p.name for p in files for secret in (b"p_percent", b"13.37", b"sdc_policy") if secret in p.read_bytes()]
    assert found == []


def test_an_empty_optional_table_is_left_out_and_the_notes_say_so(settings: Settings, ledger: Ledger) -> None:
    rows = sound_rows()
    del rows["benchmark_sector"], rows["benchmark_cell"]
    release = publish(settings, ledger, ready(settings, "s1-1", rows), AT)
    assert not (release.path / "public").exists()
    assert "`benchmark_sector`: left out (empty)" in (release.path / "notes.md").read_text(encoding="utf-8")


def test_the_gate_report_asks_for_nothing_outside_and_escapes_what_it_shows(release: Release) -> None:
    page = (release.path / "gate.html").read_text(encoding="utf-8")
    assert not any(mark in page for mark in ("http:", "https:", "<script", "src=", "@import", "url("))
    assert json.loads((release.path / "gate.json").read_text(encoding="utf-8"))["state"] == "passed"


def test_a_network_that_asks_for_approval_releases_nothing_without_it(settings: Settings, ledger: Ledger) -> None:
    settings.home.mkdir(exist_ok=True)
    settings.policy_file.write_text("approval_required: true\n", encoding="utf-8")
    candidate = ready(settings, "s1-1")
    with pytest.raises(ReleaseRefused, match="--approve"):
        publish(settings, ledger, candidate, AT)
    assert publish(settings, ledger, candidate, AT, approved_by="board").manifest["approved_by"] == "board"

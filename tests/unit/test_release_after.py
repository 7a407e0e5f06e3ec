"""What can be done with a release afterwards: check it, compare it, explain its numbers, take it back."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from tests.fixtures.public_candidate import AT, delivery, network, ready, restated_rows, sound_rows, trace, value
from warehouse.ledger import Ledger
from warehouse.release import (
    NoRelease,
    NothingToExplain,
    ReleaseRefused,
    current,
    diff,
    explain,
    listing,
    open_release,
    publish,
    retract,
    verify,
)
from warehouse.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return network(tmp_path)


@pytest.fixture
def ledger(settings: Settings) -> Ledger:
    return Ledger.open(settings)


@pytest.fixture
def two(settings: Settings, ledger: Ledger) -> Settings:
    publish(settings, ledger, ready(settings, "s1-1"), AT)
    publish(settings, ledger, ready(settings, "s2-2", restated_rows(2.0)), AT)
    return settings


def _append(path: Path) -> None:
    path.chmod(0o644)
    path.write_bytes(path.read_bytes() + b" ")


def _other_csv(folder: Path) -> None:
    """Change one number in a CSV file and every hash that the release itself holds."""
    path, manifest = folder / "analysts/dim_kpi.csv", folder / "manifest.json"
    text = manifest.read_text(encoding="utf-8")
    for file in (path, manifest, folder / "SHA256SUMS"):
        file.chmod(0o644)
    path.write_text(path.read_text(encoding="utf-8").replace("0.8", "0.7"), encoding="utf-8")
    from warehouse.archive import file_sha256
    from warehouse.release.manifest import dump, sums

    data = json.loads(text)
    for entry in data["files"]:
        entry["sha256"] = file_sha256(folder / entry["path"])
    manifest.write_text(dump(data), encoding="utf-8")
    (folder / "SHA256SUMS").write_text(sums(folder), encoding="utf-8")


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        (lambda folder: _append(folder / "notes.md"), "notes.md was changed"),
        (lambda folder: _append(folder / "liefernetz.duckdb"), "liefernetz.duckdb was changed"),
        (lambda folder: (folder / "gate.html").unlink(), "gate.html is listed and missing"),
        (lambda folder: (folder / "analysts/more.csv").write_text("x"), "more.csv is there and not listed"),
        (lambda folder: (folder / "SHA256SUMS").unlink(), "SHA256SUMS is missing"),
        (lambda folder: _append(folder / "manifest.json"), "SHA256SUMS does not fit"),
        (_other_csv, "the CSV file differs from the Parquet file"),
        (_other_csv, "not the one that the ledger recorded"),
    ],
)
def test_verify_names_every_damage(
    settings: Settings, ledger: Ledger, damage: Callable[[Path], object], problem: str
) -> None:
    release = publish(settings, ledger, ready(settings, "s1-1"), AT)
    assert verify(settings, "2026.1") == []
    damage(release.path)
    assert any(problem in sentence for sentence in verify(settings, "2026.1"))


def test_every_changed_number_has_a_class_and_a_cause(two: Settings) -> None:
    difference = diff(two, "2026.1", "2026.2")
    by_table = {change.table: change for change in difference.tables}
    values = by_table["fact_kpi_value"]
    assert (values.added, values.removed, values.changed) == (0, 0, 11)
    assert values.classes == {"restated": 11}
    assert (difference.unexplained, set(by_table)) == (0, {"dim_delivery", "fact_kpi_input", "fact_kpi_value"})
    assert "11 restated" in (two.releases / "2026.2/notes.md").read_text(encoding="utf-8")


def test_late_new_and_withdrawn_rows_are_told_apart(settings: Settings, ledger: Ledger) -> None:
    publish(settings, ledger, ready(settings, "s1-1"), AT)
    rows = sound_rows()
    rows["dim_delivery"] = [delivery("d2")]
    rows["fact_kpi_input"] = [row | {"delivery_id": "d2"} for row in rows["fact_kpi_input"][1:10]]
    rows["fact_kpi_value"] = [
        *rows["fact_kpi_value"][1:10],
        value("C0011", 1.0),
        value("C0001", 1.0, period_start=AT.date(), period_end=AT.date()),
    ]
    rows["fact_kpi_input"].append(trace("C0011", 1.0, delivery_id="d2"))
    publish(settings, ledger, ready(settings, "s2-2", rows), AT)
    changes = {change.table: change for change in diff(settings, "2026.1", "2026.2").tables}
    assert changes["fact_kpi_value"].classes == {"late": 1, "new_period": 1, "retraction": 2}


def test_a_change_without_any_cause_is_called_unexplained(settings: Settings, ledger: Ledger) -> None:
    publish(settings, ledger, ready(settings, "s1-1"), AT)
    rows = sound_rows()
    rows["fact_kpi_value"][0]["value"] = 11.0
    publish(settings, ledger, ready(settings, "s2-2", rows), AT)
    assert diff(settings, "2026.1", "2026.2").unexplained == 1


def test_a_retracted_release_stays_readable_and_the_one_before_is_current(two: Settings, ledger: Ledger) -> None:
    before = (two.releases / "2026.2/manifest.json").read_bytes()
    retracted = retract(two, ledger, "2026.2", "wrong factor", AT)
    again = retract(two, ledger, "2026.2", "another reason", AT)
    now = current(two)
    assert (retracted.retracted, again.retracted, now.version if now else None) == ("wrong factor",) * 2 + ("2026.1",)
    assert (two.releases / "2026.2/manifest.json").read_bytes() == before
    assert (verify(two, "2026.2"), [r.version for r in listing(two)]) == ([], ["2026.1", "2026.2"])
    with open_release(two, "2026.2") as connection:
        assert connection.execute("select count(*) from fact_kpi_value").fetchone() == (11,)
    assert [step.payload["reason"] for step in ledger.steps(step="retract")] == ["wrong factor"]


def test_when_all_are_retracted_there_is_no_current_release(settings: Settings, ledger: Ledger) -> None:
    publish(settings, ledger, ready(settings, "s1-1"), AT)
    retract(settings, ledger, "2026.1", "test", AT)
    assert current(settings) is None
    with pytest.raises(NoRelease, match="Nothing is released yet"):
        open_release(settings)


def test_retracted_content_does_not_come_back_unseen_and_its_number_is_not_used_again(
    settings: Settings, ledger: Ledger
) -> None:
    publish(settings, ledger, ready(settings, "s1-1"), AT)
    retract(settings, ledger, "2026.1", "wrong factor", AT)
    with pytest.raises(ReleaseRefused, match="retracted"):
        publish(settings, ledger, ready(settings, "s1-2"), AT)
    assert publish(settings, ledger, ready(settings, "s2-3", restated_rows(2.0)), AT).version == "2026.2"


def test_an_explanation_leads_from_a_total_to_every_delivery_and_row(two: Settings) -> None:
    (explanation,) = explain(two, "E99")
    assert len(explanation.parts) == 10
    (origin,) = explanation.deliveries
    assert (origin["delivery_id"], origin["rows"], len(origin["sha256"])) == ("d2", list(range(1, 11)), 64)
    assert explanation.formula["formula"] == "sum of sources"
    assert json.loads(json.dumps(explanation.to_dict()))["parts"][0]["inputs"][0]["input_value"] == 20.0


def test_an_explanation_of_an_older_release_shows_what_held_then(two: Settings) -> None:
    (explanation,) = explain(two, "E01", entity="C0003", period="2025", version="2026.1")
    assert (explanation.value["value"], explanation.deliveries[0]["delivery_id"]) == (30.0, "d1")


def test_an_explanation_of_nothing_says_what_there_is(two: Settings) -> None:
    with pytest.raises(NothingToExplain, match="C0001"):
        explain(two, "E01", entity="C9999")
    with pytest.raises(NothingToExplain, match="no value of X99"):
        explain(two, "X99")


def test_every_released_number_can_be_traced_to_a_delivery(two: Settings) -> None:
    with open_release(two) as connection:
        cells = connection.execute("select kpi_id, entity_id from fact_kpi_value where status = 'ok'").fetchall()
    traced = [explain(two, kpi, entity)[0].deliveries for kpi, entity in cells]
    assert len(traced) == 11
    assert all(traced)


def test_a_version_cannot_lead_out_of_the_folder_of_releases(settings: Settings) -> None:
    for version in ("../x", "2026", "2026.1/..", ""):
        with pytest.raises(NoRelease, match="no version"):
            verify(settings, version)


def test_digests_do_not_depend_on_the_order_of_rows() -> None:
    from warehouse.release.tables import measure

    with duckdb.connect() as connection:
        one = measure(connection, "(select i % 7 as a, 'x' || i as b from range(20000) as r(i))")
        other = measure(connection, "(select 'x' || i as b, i % 7 as a from range(20000) as r(i) order by i desc)")
        changed = measure(connection, "(select i % 7 as a, 'x' || (i + (i = 5)::int) as b from range(20000) as r(i))")
    assert one == other
    assert one != changed


def test_an_export_is_not_an_explanation(two: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[explain.__module__], "_MOST", 1)
    with pytest.raises(NothingToExplain, match="narrow down"):
        explain(two, "E01")

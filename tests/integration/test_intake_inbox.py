"""The inbox: everything in it gets one entry with a reason; nothing is moved, followed or taken twice."""

import hashlib
import os
from datetime import date
from pathlib import Path

import pytest

from ingestion import processing
from ingestion.deliver import UnknownSource, deliver
from ingestion.intake import drain, waiting
from tests.conftest import AT, home
from warehouse.ledger import Delivery, Ledger
from warehouse.ledger.entries import digest
from warehouse.settings import Settings

ROWS = "request_id,entity_id,period_start,period_end,sent_at\nr1,C1,2025-01-01,2025-12-31,2026-01-02\n"
SOURCE = "survey_requests"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = home(tmp_path / "home")
    (settings.inbox / SOURCE / "office").mkdir(parents=True)
    return settings


def put(settings: Settings, name: str, content: str = ROWS) -> Path:
    file = settings.inbox / SOURCE / "office" / name
    file.write_text(content, encoding="utf-8")
    os.utime(file, (1_700_000_000, 1_700_000_000))
    return file


def test_links_pipes_and_folders_are_refused_without_being_opened(settings: Settings, tmp_path: Path) -> None:
    folder = settings.inbox / SOURCE / "office"
    secret = tmp_path / "secret.csv"
    secret.write_text(ROWS, encoding="utf-8")
    (folder / "link.csv").symlink_to(secret)
    os.mkfifo(folder / "pipe.csv")
    (folder / "deep").mkdir()
    done = {d.file_name: d for d in drain(settings, SOURCE, AT)}
    assert {name: d.outcome for name, d in done.items()} == {
        "link.csv": "rejected", "pipe.csv": "rejected", "deep": "ignored"}  # fmt: skip
    assert all(d.reasons[0].code == "not_a_file" for d in done.values())
    assert not settings.archive.exists() or not list(settings.archive.rglob("?" * 64))
    assert drain(settings, SOURCE, AT) == []


def test_unfinished_files_are_left_without_an_entry(settings: Settings) -> None:
    for name in ("a.csv.part", "~$b.csv", "tmp_c.csv", ".d.csv"):
        put(settings, name)
    assert drain(settings, SOURCE, AT) == []
    assert waiting(settings) == []


def test_a_file_that_still_grows_waits_for_the_next_look(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    file = put(settings, "grows.csv")
    os.utime(file)

    def grow(_seconds: float) -> None:
        with file.open("a", encoding="utf-8") as out:
            out.write("r2,C2,2025-01-01,2025-12-31,2026-01-02\n")

    monkeypatch.setattr("ingestion.inbox.time.sleep", grow)
    assert drain(settings, SOURCE, AT) == []
    os.utime(file, (1_700_000_000, 1_700_000_000))
    assert [d.rows_in for d in drain(settings, SOURCE, AT)] == [2]


def test_the_same_bytes_again_are_a_duplicate_with_its_own_entry(settings: Settings) -> None:
    put(settings, "one.csv")
    first = drain(settings, SOURCE, AT)[0]
    put(settings, "other name\nwith {{ ds }}.csv")
    again = drain(settings, SOURCE, AT)
    assert [(d.outcome, d.duplicate_of, d.reasons[0].code) for d in again] == [
        ("duplicate", first.delivery_id, "duplicate")]  # fmt: skip
    assert drain(settings, SOURCE, AT) == []
    assert Ledger.open(settings).verify() == []


def test_delivering_never_overwrites_a_waiting_file(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "same.csv"
    file.write_text(ROWS, encoding="utf-8")
    assert [p.name for p in deliver(settings, [file, file], SOURCE, "office")] == ["same.csv", "same~2.csv"]
    assert len(waiting(settings)) == 2
    with pytest.raises(UnknownSource):
        deliver(settings, [file], "nobody")
    with pytest.raises(ValueError, match="cannot name a folder"):
        deliver(settings, [file], SOURCE, "../elsewhere")


def test_an_error_of_ours_holds_one_delivery_and_the_next_goes_on(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = put(settings, "a.csv").read_bytes()
    put(settings, "b.csv", ROWS.replace("r1", "r2"))
    real = processing.type_rows
    # Named by its bytes: several deliveries are read at once, and any of them may come first.
    first = digest(SOURCE, hashlib.sha256(content).hexdigest(), str(len(content)))[:16]

    def fail_for_the_first(connection: object, typing: processing.Typing, parsed: object) -> None:
        if typing.delivery_id == first:
            raise RuntimeError("a defect")
        real(connection, typing, parsed)  # type: ignore[arg-type]

    monkeypatch.setattr(processing, "type_rows", fail_for_the_first)
    done = drain(settings, SOURCE, AT)
    assert [(d.outcome, [r.code for r in d.reasons]) for d in done] == [("held", ["internal_error"]), ("accepted", [])]


def test_lost_rows_hold_the_delivery(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    put(settings, "a.csv")
    monkeypatch.setattr(processing, "write_landing", lambda *a: processing.Written(Path(), 0, 0))
    assert [(d.outcome, d.reasons[0].code) for d in drain(settings, SOURCE, AT)] == [("held", "rows_lost")]


def test_a_delivery_left_by_a_killed_drain_is_taken_up_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(settings, "a.csv")
    with monkeypatch.context() as patched:
        patched.setattr("ingestion.intake.process", _killed)
        with pytest.raises(KeyboardInterrupt):
            drain(settings, SOURCE, AT)
    assert [d.outcome for d in drain(settings, SOURCE, AT)] == ["accepted"]


def _killed(*_arguments: object) -> Delivery:
    raise KeyboardInterrupt


def certificates(rows: int, retrieved: str) -> str:
    lines = [f"c{n},fsc,C{n},valid,2025-01-01,2027-01-01,{retrieved}" for n in range(rows)]
    return "\n".join(["certificate_id,standard_id,holder_id,status,valid_from,valid_to,retrieved_at", *lines])


def test_a_shrunk_snapshot_is_held_and_normal_churn_is_not(settings: Settings) -> None:
    outcomes = []
    for rows, retrieved in ((100, "2025-01-31"), (95, "2025-02-28"), (20, "2025-03-31"), (30, "2024-12-31")):
        file = settings.home / f"{retrieved}.csv"
        file.write_text(certificates(rows, retrieved), encoding="utf-8")
        deliver(settings, [file], "certification_registry", "body")
        done = drain(settings, "certification_registry", AT)[-1]
        outcomes.append((done.outcome, done.snapshot_at, bool(done.tables)))
    assert outcomes == [
        ("accepted", date(2025, 1, 31), True),
        ("accepted", date(2025, 2, 28), True),
        ("held", date(2025, 3, 31), False),
        ("accepted", date(2024, 12, 31), True),
    ]

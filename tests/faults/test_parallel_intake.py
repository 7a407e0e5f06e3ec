"""Eight processes empty one inbox, after another was killed in the middle: each file counts once, as if one had done it."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from ingestion.intake import drain_all
from tests.conftest import AT, home
from tests.faults.sending import REQUESTS, answers, landed_rows, outcomes, put, register
from warehouse.ledger import Delivery, Ledger
from warehouse.settings import PROJECT, Settings

FILES, SOURCES = 15, ("survey_requests", "supplier_survey", "certification_registry")
_DRAIN = (
    "from ingestion.intake import drain_all; from warehouse.settings import Settings; drain_all(Settings.from_env())"
)


def fill(settings: Settings) -> int:
    """Put the same inbox everywhere: sound, broken, repeated and growing files of three sources; return how many."""
    for n in range(FILES):
        row = f"r{n},C{n},2025-01-01,{'2025-13-01' if n % 5 == 0 else '2025-12-31'},2026-01-02"
        put(settings, SOURCES[0], f"{n}.csv", "\n".join([REQUESTS, row, f"s{n},C1,2025-01-01,2025-12-31,2026-01-02", ""]),
            place=n)  # fmt: skip
        put(settings, SOURCES[1], f"{n}.csv", answers(2000 + n, str(50 + n), entity=f"C{n % 3}"), place=n)
    for n in range(0, FILES, 3):
        text = (settings.inbox / SOURCES[1] / "office" / f"{n}.csv").read_text(encoding="utf-8")
        put(settings, SOURCES[1], f"again {n}.csv", text, "branch", place=100 + n)
    for n in range(6):
        put(settings, SOURCES[2], f"{n}.csv", register(40 + n, f"2025-0{n + 1}-28"), place=n)
    return 2 * FILES + FILES // 3 + 6


def start(settings: Settings) -> subprocess.Popen[bytes]:
    env = {**os.environ, "LIEFERNETZ_HOME": str(settings.home), "PYTHONPATH": str(PROJECT)}
    return subprocess.Popen([sys.executable, "-c", _DRAIN], env=env, stderr=subprocess.DEVNULL)


def finished(settings: Settings) -> int:
    """Count the outcomes in the ledger without opening it the official way, which would create it."""
    try:
        with sqlite3.connect(f"file:{settings.home / 'ledger.sqlite'}?mode=ro", uri=True) as connection:
            return int(connection.execute("select count(*) from ledger_entries where step = 'outcome'").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def kill_in_the_middle(settings: Settings, files: int) -> int:
    """Kill a drain that has finished some deliveries and not all; return how many it had finished."""
    victim = start(settings)
    deadline = time.monotonic() + 60
    while finished(settings) < 5 and victim.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)
    victim.send_signal(signal.SIGKILL)
    assert victim.wait() == -signal.SIGKILL, "the drain ended before it could be killed"
    done = finished(settings)
    assert 5 <= done < files
    return done


@pytest.fixture(scope="module")
def serial(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, list[Delivery]]:
    settings = home(tmp_path_factory.mktemp("serial") / "home")
    fill(settings)
    return settings, drain_all(settings, AT)


@pytest.fixture(scope="module")
def parallel(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, list[Delivery], int]:
    settings = home(tmp_path_factory.mktemp("parallel") / "home")
    files = fill(settings)
    kill_in_the_middle(settings, files)
    left = len(Ledger.open(settings).unfinished(SOURCES[1])) + files - finished(settings)
    assert [process.wait(120) for process in [start(settings) for _ in range(8)]] == [0] * 8
    return settings, Ledger.open(settings).deliveries(), left


def test_no_delivery_is_lost_and_none_is_taken_twice(parallel: tuple[Settings, list[Delivery], int]) -> None:
    settings, done, left = parallel
    assert left > 0
    on_disk = sum(1 for path in settings.inbox.rglob("*.csv"))
    assert len(done) == on_disk == 2 * FILES + FILES // 3 + 6
    assert len({(d.source, d.sender, d.file_name) for d in done}) == on_disk
    assert {d.outcome for d in done} == {"accepted", "partly_quarantined", "duplicate"}
    ended = Counter(d.delivery_id for d in done)
    assert set(ended.values()) == {1}
    assert not any(Ledger.open(settings).unfinished(source) for source in SOURCES)


def test_the_chain_holds_and_nothing_is_left_over(parallel: tuple[Settings, list[Delivery], int]) -> None:
    settings, _, _ = parallel
    assert Ledger.open(settings).verify() == []
    assert not list(settings.landing.rglob(".tmp-*"))
    assert drain_all(settings, AT) == []


def test_the_outcome_is_that_of_one_process(
    serial: tuple[Settings, list[Delivery]], parallel: tuple[Settings, list[Delivery], int]
) -> None:
    (alone, by_one), (together, by_many, _) = serial, parallel
    assert outcomes(by_one) == outcomes(by_many)
    assert landed_rows(alone) == landed_rows(together)
    assert len(landed_rows(alone)) > 250


def test_draining_the_same_inbox_again_and_again_changes_nothing(
    parallel: tuple[Settings, list[Delivery], int], tmp_path: Path
) -> None:
    settings = home(tmp_path / "home")
    shutil.copytree(parallel[0].home, settings.home, symlinks=True)
    before = landed_rows(settings)
    for file in sorted((settings.inbox / SOURCES[1] / "office").iterdir()):
        put(settings, SOURCES[1], file.name, file.read_text(encoding="utf-8"), "third", place=500)
    assert {d.outcome for d in drain_all(settings, AT)} == {"duplicate"}
    assert landed_rows(settings) == before

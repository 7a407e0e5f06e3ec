"""A release is all or nothing: whatever happens while it is written, readers see the old one or the new one, whole."""

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from tests.faults import publishing
from tests.faults.publishing import LASTING, NEXT, whole
from tests.fixtures.public_candidate import AT, core, network, ready, restated_rows, sound_rows
from warehouse.ledger import Ledger
from warehouse.release import ReleaseRefused, current, listing, publish, retract, verify
from warehouse.settings import Settings

PROGRAM = str(Path(publishing.__file__))


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one release and a second candidate that is ready."""
    settings = network(tmp_path_factory.mktemp("prepared"))
    publish(settings, Ledger.open(settings), ready(settings, "s1-1", core(sound_rows())), AT)
    ready(settings, NEXT, core(restated_rows(2.0)))
    return settings.home


@pytest.fixture
def settings(prepared: Path, tmp_path: Path) -> Settings:
    shutil.copytree(prepared, tmp_path / "home")
    return network(tmp_path / "home")


class Fault:
    """Raises an error at the n-th call that makes something last, and remembers that it did."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, at: int, code: int) -> None:
        self.calls, self.fired, self.at, self.code = 0, False, at, code
        for name in LASTING:
            monkeypatch.setattr(os, name, self._wrapped(getattr(os, name)))

    def _wrapped(self, original):  # type: ignore[no-untyped-def]
        def call(*args, **kwargs):  # type: ignore[no-untyped-def]
            self.calls += 1
            if self.calls == self.at:
                self.fired = True
                raise OSError(self.code, os.strerror(self.code))
            return original(*args, **kwargs)

        return call


@pytest.fixture(scope="module")
def calls(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many calls a publish makes that bring bytes or names to the disk."""
    home = tmp_path_factory.mktemp("count") / "home"
    shutil.copytree(prepared, home)
    with pytest.MonkeyPatch.context() as patch:
        counter = Fault(patch, -1, 0)
        publish(network(home), Ledger.open(network(home)), NEXT, AT)
    return counter.calls


def recovers(settings: Settings) -> None:
    """Publish again: the new release is there once, sound and current, and nothing is left over."""
    assert whole(settings) in (1.0, 2.0)
    assert publish(settings, Ledger.open(settings), NEXT, AT + timedelta(hours=1)).version == "2026.2"
    assert whole(settings) == 2.0
    assert [release.version for release in listing(settings)] == ["2026.1", "2026.2"]
    assert (verify(settings, "2026.1"), verify(settings, "2026.2")) == ([], [])
    assert [path.name for path in settings.releases.iterdir() if "tmp" in path.name] == []
    assert len(Ledger.open(settings).steps(step="release", subject="2026.2")) == 1


# Counted from the end: rename into place, folder, pointer, its folder and the ledger are the last steps.
@pytest.mark.parametrize("step", ["first", "middle", *range(-9, 0)])
def test_an_error_at_any_step_leaves_a_whole_release(
    settings: Settings, calls: int, monkeypatch: pytest.MonkeyPatch, step: int | str
) -> None:
    code = errno.EIO if str(step) in ("first", "-1", "-3", "-5", "-7", "-9") else errno.ENOSPC
    at = {"first": 1, "middle": calls // 2}.get(str(step)) or calls + 1 + int(step)
    with monkeypatch.context() as patch:
        fault = Fault(patch, at, code)
        with pytest.raises(OSError, match=r"space|error"):
            publish(settings, Ledger.open(settings), NEXT, AT)
    assert fault.fired
    recovers(settings)


@pytest.mark.parametrize("back", [1, 4, 5, 6, 15])
def test_a_kill_at_any_step_leaves_a_whole_release(settings: Settings, calls: int, back: int) -> None:
    killed = subprocess.run([sys.executable, PROGRAM, str(settings.home), "kill", str(calls + 1 - back)], check=False)
    assert killed.returncode == -signal.SIGKILL, "the fault did not fire"
    recovers(settings)


@pytest.mark.parametrize("limit", [2_000, 300_000])
def test_a_full_disk_while_tables_are_written_leaves_the_old_release(settings: Settings, limit: int) -> None:
    command = [sys.executable, PROGRAM, str(settings.home), "full", str(limit)]
    ended = subprocess.run(command, check=False, capture_output=True, text=True)
    assert ended.returncode == 1, "the fault did not fire"
    assert "File too large" in ended.stderr
    assert whole(settings) == 1.0
    recovers(settings)


def test_readers_never_wait_and_never_see_a_mix(settings: Settings) -> None:
    readers = [
        subprocess.Popen([sys.executable, PROGRAM, str(settings.home), "read"], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    ledger = Ledger.open(settings)
    for number in range(2, 8):
        publish(settings, ledger, ready(settings, f"s{number}-{number}", core(restated_rows(float(number)))), AT)
    (settings.home / "stop").touch()
    reports = [json.loads(reader.communicate(timeout=60)[0]) for reader in readers]
    assert [report["errors"] for report in reports] == [[], []]
    assert [report["falling"] for report in reports] == [False, False]
    assert all(report["reads"] > 4 and len(report["factors"]) > 1 for report in reports), reports


def test_a_reader_who_keeps_a_release_open_keeps_it_whole(settings: Settings) -> None:
    path = current(settings)
    assert path is not None
    before = {file: file.read_bytes() for file in path.path.rglob("*") if file.is_file()}
    publish(settings, Ledger.open(settings), NEXT, AT)
    assert {file: file.read_bytes() for file in before} == before


def test_a_retraction_that_was_interrupted_already_counts_and_can_be_repeated(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = Ledger.open(settings)
    publish(settings, ledger, NEXT, AT)
    with monkeypatch.context() as patch:
        fault = Fault(patch, 4, errno.EIO)  # the mark is written, the pointer is not
        with pytest.raises(OSError, match="error"):
            retract(settings, ledger, "2026.2", "wrong factor", AT)
    assert fault.fired
    assert whole(settings) == 1.0
    assert retract(settings, ledger, "2026.2", "wrong factor", AT).retracted == "wrong factor"
    assert json.loads((settings.releases / "current.json").read_text(encoding="utf-8")) == {"version": "2026.1"}


def test_a_candidate_that_changes_while_it_is_published_does_not_go_out(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slip(*args: object) -> None:
        (settings.work / f"{NEXT}.duckdb").open("ab").write(b" ")

    monkeypatch.setattr(sys.modules["warehouse.release.publish"], "write_release", slip)
    with pytest.raises(ReleaseRefused, match="changed after the gate saw it"):
        publish(settings, Ledger.open(settings), NEXT, AT)
    assert whole(settings) == 1.0

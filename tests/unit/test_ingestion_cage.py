"""The cage of the parse child: each limit is shown to fire."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ingestion.child_process import parse_in_child
from ingestion.parse_pool import ParseServer, parse_server
from ingestion.records import FileRefused
from ingestion.sandbox import Limits

ROWS = "request_id,entity_id,period_start,period_end,sent_at\nr1,C1,2025-01-01,2025-12-31,2026-01-02\n"
CONFINED = "from ingestion.sandbox import Limits, confine; confine(Limits(memory_bytes=1 << 28)); "


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    file = tmp_path / "sent"
    file.write_text(ROWS, encoding="utf-8")
    (tmp_path / "private").mkdir()
    return file


def confined(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", CONFINED + code], capture_output=True, text=True, check=False)


def test_the_wall_clock_ends_the_child(sent: Path) -> None:
    row = ROWS.splitlines()[1]
    sent.write_text(ROWS + f"{row}\n" * 500_000, encoding="utf-8")
    with pytest.raises(FileRefused, match=r"timeout: .*0\.05 seconds"):
        parse_in_child(sent, "survey_requests", "f.csv", sent.parent / "private", Limits(wall_seconds=0.05))
    assert not (sent.parent / "private" / "meta.json").exists()


def test_the_memory_limit_refuses_the_file(sent: Path) -> None:
    private = sent.parent / "private"
    sent.write_text(ROWS + "x" * (15 << 20), encoding="utf-8")
    with pytest.raises(FileRefused, match="too_large"):
        parse_in_child(sent, "survey_requests", "f.csv", private, Limits(memory_bytes=120 << 20))


def test_processor_time_and_file_size_are_limited() -> None:
    code = (
        "import resource as r; get = r.getrlimit; print(get(r.RLIMIT_CPU), get(r.RLIMIT_CORE), get(r.RLIMIT_FSIZE)[0])"
    )
    assert confined(code).stdout.strip() == f"(60, 60) (0, 0) {4 << 30}"
    assert "MemoryError" in confined("b = bytearray(1 << 29)").stderr


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import socket; socket.getaddrinfo('example.org', 80)",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.fork()",
    ],
)
def test_the_child_reaches_no_network_and_starts_no_program(code: str) -> None:
    ended = confined(code)
    assert ended.returncode == 1
    assert "PermissionError" in ended.stderr
    assert "refused while a delivery is read" in ended.stderr


def test_the_child_sees_no_secret_of_ours(sent: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_PASSWORD", "hunter2")
    server = ParseServer()
    seen = Path(f"/proc/{server.process.pid}/environ").read_bytes()
    server.close()
    assert b"PYTHONPATH" in seen
    assert b"hunter2" not in seen
    parsed = parse_in_child(sent, "survey_requests", "f.csv", sent.parent / "private")
    assert (parsed.counted, parsed.rejected) == (1, 0)
    assert json.loads((sent.parent / "private" / "job.json").read_text())["limits"]["wall_seconds"] == 60.0


def test_a_child_that_dies_takes_no_other_delivery_with_it(sent: Path) -> None:
    private = sent.parent / "private"
    with parse_server() as server:
        first = server.process.pid
    os.mkfifo(sent.parent / "endless")  # nobody writes: the child waits until the wall clock ends it
    with pytest.raises(FileRefused, match="timeout"):
        parse_in_child(sent.parent / "endless", "survey_requests", "f.csv", private, Limits(wall_seconds=0.2))
    assert parse_in_child(sent, "survey_requests", "f.csv", private).counted == 1
    with parse_server() as server:
        assert server.process.pid == first


def test_a_server_that_died_is_replaced(sent: Path) -> None:
    with parse_server() as server:
        pass
    server.process.kill()
    server.process.wait()
    assert parse_in_child(sent, "survey_requests", "f.csv", sent.parent / "private").counted == 1


def test_the_child_has_none_of_the_pipes_of_its_server(sent: Path) -> None:
    """A delivery that takes over its parser must not be able to answer in the name of the server."""
    job = sent.parent / "private" / "job.json"
    job.write_text(json.dumps({"limits": {"memory_bytes": "none"}}), encoding="utf-8")
    script = (
        "import os; from pathlib import Path; from ingestion import parse_child, parse_server;"
        "parse_child.main = lambda job: print(sorted(os.readlink(f'/proc/self/fd/{n}').split(':')[0] "
        "for n in os.listdir('/proc/self/fd') if n in '012' or os.path.exists(f'/proc/self/fd/{n}'))) or 0;"
        f"parse_server._parse(Path({str(job)!r}), Path({str(job)!r} + '.txt'))"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    told = Path(f"{job}.txt").read_text(encoding="utf-8")
    assert (ended.returncode, ended.stdout) == (0, "")
    assert "/dev/null" in told
    assert "pipe" not in told

"""The warm parent of parse children: it imports the parsers once, and forks one confined child per delivery.

`python -m ingestion.parse_server` reads one job per line from its standard input and answers with one line each. It
never opens a delivery itself: the child confines itself, parses and ends, so nothing of a file stays behind here.
Started by `parse_pool`; ends when its standard input does.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

_LONGEST_NAP = 0.02


def main() -> int:
    """Serve jobs `{"job": path, "errors": path, "wall_seconds": s}` until the input ends."""
    _warm_up()
    for line in sys.stdin:
        order: dict[str, Any] = json.loads(line)
        child = os.fork()
        if child == 0:
            _parse(Path(order["job"]), Path(order["errors"]))
        sys.stdout.write(json.dumps(_wait(child, float(order["wall_seconds"]))) + "\n")
        sys.stdout.flush()
    return 0


def _warm_up() -> None:
    # pyarrow would import both on its first list of values: half of the time of a small delivery, for nothing.
    sys.modules.update({"numpy": None, "pandas": None})  # type: ignore[dict-item]
    import openpyxl  # noqa: F401 - for the children

    from ingestion import parsing
    from ingestion.declarations import declarations
    from ingestion.reader import reader_of

    assert parsing
    for source in declarations():
        reader_of(source)


def _parse(job: Path, errors: Path) -> None:
    """Run in the child, and never return: our pipes are closed, so that a delivery cannot answer for itself."""
    code = 70
    try:
        os.setsid()
        nothing = os.open(os.devnull, os.O_RDWR)
        said = os.open(errors, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        for number, target in enumerate((nothing, said, said)):
            os.dup2(target, number)
        os.closerange(3, 256)
        os.chdir(job.parent)
        os.environ.update(HOME=str(job.parent), TMPDIR=str(job.parent))
        from ingestion.parse_child import main as parse_child

        code = parse_child(job)
    except BaseException:  # the parent reads what happened from this text and the exit code
        import traceback

        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _wait(child: int, wall_seconds: float) -> dict[str, Any]:
    deadline, nap = time.monotonic() + wall_seconds, 0.0005
    while True:
        ended, status, used = os.wait4(child, os.WNOHANG)
        if ended:
            return {"code": os.waitstatus_to_exitcode(status), "timeout": False, "peak_mb": used.ru_maxrss >> 10}
        if time.monotonic() > deadline:
            _kill(child)
            _, _, used = os.wait4(child, 0)
            return {"code": -signal.SIGKILL, "timeout": True, "peak_mb": used.ru_maxrss >> 10}
        time.sleep(nap)
        nap = min(nap * 1.5, _LONGEST_NAP)


def _kill(child: int) -> None:
    try:
        os.killpg(child, signal.SIGKILL)
    except ProcessLookupError:  # it has no session of its own yet
        os.kill(child, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main())

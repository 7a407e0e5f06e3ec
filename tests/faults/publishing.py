"""Run as a program: publishes a candidate while something goes wrong, or reads releases while others are published.

`python publishing.py HOME kill N` dies by SIGKILL at the N-th call that makes something last; `full BYTES` may not
write files larger than that; `read` reads until a file called `stop` appears, and prints what it saw.
"""

import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.fixtures.public_candidate import AT, network
from warehouse.ledger import Ledger
from warehouse.release import current, open_release, publish
from warehouse.settings import Settings

LASTING = ("fsync", "rename", "replace")
NEXT = "s2-2"


def at_every_lasting_call(act: Callable[[int], None]) -> None:
    """Call `act` with the running number before each call that brings bytes or names to the disk."""
    number = 0

    def before(original: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: Any, **kwargs: Any) -> Any:
            nonlocal number
            number += 1
            act(number)
            return original(*args, **kwargs)

        return counted

    for name in LASTING:
        setattr(os, name, before(getattr(os, name)))


def whole(settings: Settings) -> float:
    """The factor of the current release; raises if its tables do not belong together."""
    with open_release(settings) as connection:
        query = """select (select sum(value) from fact_kpi_value where kpi_id = 'E01') / 550,
                          (select sum(input_value) from fact_kpi_input) / 550,
                          (select sum(value) from fact_kpi_value) / 1100"""
        row = connection.execute(query).fetchone()
    assert row is not None
    assert len(set(row)) == 1, f"mixed: {row}"
    return float(row[0])


def _die(at: int) -> Callable[[int], None]:
    def act(number: int) -> None:
        if number == at:
            os.kill(os.getpid(), signal.SIGKILL)

    return act


def _read(settings: Settings) -> None:
    seen: list[float] = []
    errors: list[str] = []
    while not (settings.home / "stop").exists():
        try:
            if current(settings):
                seen.append(whole(settings))
        except Exception as error:  # every kind of failure is what this test counts
            errors.append(repr(error))
    print(
        json.dumps(
            {"reads": len(seen), "factors": sorted(set(seen)), "falling": seen != sorted(seen), "errors": errors}
        )
    )


if __name__ == "__main__":
    home, mode, *rest = sys.argv[1:]
    where = network(Path(home))
    if mode == "read":
        _read(where)
    else:
        book = Ledger.open(where)
        if mode == "kill":
            at_every_lasting_call(_die(int(rest[0])))
        else:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (int(rest[0]), int(rest[0])))
        publish(where, book, NEXT, AT)

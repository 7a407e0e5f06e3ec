"""The same deliveries in any order and with repeats: the same landed rows, the same outcomes, the same facts."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from random import Random
from tempfile import mkdtemp

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.intake import drain
from tests.conftest import AT, home
from tests.faults.sending import REQUESTS, answers, landed_rows, outcomes, put
from warehouse.ledger import ACCEPTED, Ledger
from warehouse.settings import Settings
from warehouse.snapshot import current_snapshot

SURVEY, ASKED = "supplier_survey", "survey_requests"


def _corrected(value: str, day: str) -> str:
    text = answers(2024, value).replace("period_end\n", "period_end,answered_at\n", 1)
    return text.replace("2024-12-31\n", f"2024-12-31,{day}\n")


FILES = (
    (SURVEY, answers(2023, "5", "7", "n/a")),
    (SURVEY, _corrected("8", "2025-02-01")),
    (SURVEY, _corrected("9", "2025-03-01")),
    (SURVEY, answers(2024, "5", "6", entity="C2")),
    (SURVEY, answers(2024, "5", "6", entity="C2", unit="furlong")),
    (SURVEY, answers(2024, "1,5", "2", entity="C3") + answers(2024, "3", entity="C3").partition("\n")[2]),
    (ASKED, f"{REQUESTS}\nr1,C1,2025-01-01,2025-12-31,2026-01-02\nr2,C2,2025-02-30,2025-12-31,2026-01-02\n"),
    (ASKED, f"{REQUESTS}\n"),
    (ASKED, "<html>nothing</html>"),
)


def taken(places: list[int], cuts: int) -> tuple[object, ...]:
    """Deliver the files in this order, with a drain in between, and return everything that must not depend on it."""
    here = home(Path(mkdtemp(prefix="any-order-")) / "home")
    done = []
    for number, place in enumerate(places):
        source, text = FILES[place]
        put(here, source, f"{number}.csv", text, place=number)
        if number == cuts:
            done += [d for name in (SURVEY, ASKED) for d in drain(here, name, AT)]
    done += [d for name in (SURVEY, ASKED) for d in drain(here, name, AT)]
    found = (landed_rows(here), outcomes(done), current_snapshot(Ledger.open(here)).snapshot_id, facts(here))
    assert len(done) == len(places)
    assert Ledger.open(here).verify() == []
    shutil.rmtree(here.home.parent)
    return found


def facts(here: Settings) -> str:
    """Return a digest of the answers that count, as staging ranks them: by key, the one answered last."""
    files = [str(here.home / t.path) for d in Ledger.open(here).deliveries(SURVEY) if d.outcome in ACCEPTED
             for t in d.tables]  # fmt: skip
    rows = duckdb.execute(
        "select entity_id, question_id, period_end, value, answered_at from read_parquet(?, union_by_name = true) "
        "qualify row_number() over (partition by entity_id, question_id, period_end "
        "order by answered_at desc nulls last, value) = 1 order by all", [files]).fetchall()  # fmt: skip
    return hashlib.sha256(str(rows).encode()).hexdigest()


@pytest.fixture(scope="module")
def expected() -> tuple[object, ...]:
    return taken(list(range(len(FILES))), -1)


@settings(max_examples=6, deadline=None, derandomize=True)
@given(
    places=st.permutations(range(len(FILES))), repeats=st.lists(st.integers(0, len(FILES) - 1), max_size=3),
    seed=st.integers(0, 99),
)  # fmt: skip
def test_order_repeats_and_pauses_change_nothing(
    expected: tuple[object, ...], places: list[int], repeats: list[int], seed: int
) -> None:
    rng, order = Random(seed), [*places]
    for again in repeats:
        order.insert(rng.randrange(len(order) + 1), again)
    assert taken(order, rng.randrange(len(order))) == expected


def test_the_reference_holds_what_the_files_say(expected: tuple[object, ...]) -> None:
    rows, ends = expected[0], expected[1]
    assert isinstance(rows, list)
    assert isinstance(ends, dict)
    assert len(rows) > 6
    assert {end[0] for end in ends.values()} >= {"accepted", "partly_quarantined", "rejected"}

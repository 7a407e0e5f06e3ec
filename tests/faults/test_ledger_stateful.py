"""The ledger against a plain dictionary: whatever happens in whatever order, both say the same, and the chain holds.

Crashes come before the commit (nothing may remain) and between the commit and the head (everything must remain).
Tampering is tried on a copy at every point that the machine reaches.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, precondition, rule

from tests.conftest import AT, home
from warehouse.ledger import OUTCOMES, Delivery, Ledger

FIELDS = ("at", "step", "subject", "source", "receipt_key", "payload", "previous", "hash")
CONTENTS = st.sampled_from(["aa", "bb", "cc", "dd"])
OUTCOME = st.sampled_from([o for o in OUTCOMES if o != "duplicate"])


class Crash(RuntimeError):
    """The process ends here."""


def crash(*_: object, **__: object) -> None:
    raise Crash


class LedgerMachine(RuleBasedStateMachine):
    received = Bundle("received")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="ledger-machine-"))
        self.ledger = Ledger.open(home(self.folder))
        self.ends: dict[str, str] = {}
        self.first: dict[str, str] = {}
        self.keys: set[str] = set()
        self.steps: list[int] = []
        self.entries = self.head = self.names = 0

    def teardown(self) -> None:
        self.ledger._engine.dispose()
        shutil.rmtree(self.folder)

    def _receive(self, content: str) -> Delivery:
        self.names += 1
        return self.ledger.receive("trade_data", "office", f"{self.names}.csv", f"key{self.names}", content, 2, AT)

    def _written(self, remembered: bool = True) -> None:
        self.entries += 1
        self.head = self.entries if remembered else self.head

    def _note(self, content: str, key: int) -> None:
        """Enter into the model what one receipt of these bytes must do."""
        delivery_id = self.ledger.deliveries()[-1].delivery_id
        assert delivery_id not in self.ends
        self.ends[delivery_id] = "duplicate" if content in self.first else "received"
        self.first.setdefault(content, delivery_id)
        self.keys.add(f"key{key}")

    @rule(target=received, content=CONTENTS)
    def receive(self, content: str) -> Delivery:
        again = content in self.first
        delivery = self._receive(content)
        self._written()
        self._note(content, self.names)
        assert (delivery.outcome, delivery.duplicate_of) == (
            ("duplicate", self.first[content]) if again else ("received", None)
        )
        return delivery

    @rule(delivery=consumes(received), outcome=OUTCOME)
    def finish(self, delivery: Delivery, outcome: str) -> None:
        outcome = "duplicate" if delivery.outcome == "duplicate" else outcome
        self.ledger.finish(replace(delivery, outcome=outcome), AT, ["C1"])
        self._written()
        self.ends[delivery.delivery_id] = outcome

    @rule(number=st.integers(0, 9))
    def record(self, number: int) -> None:
        self.ledger.record("build", "candidate", {"number": number}, AT)
        self._written()
        self.steps.append(number)

    @rule(content=CONTENTS)
    def crash_before_the_commit(self, content: str) -> None:
        with patch("warehouse.ledger.lookup.note_arrival", crash), suppress(Crash):
            self._receive(content)
            raise AssertionError("the crash did not come")

    @rule(content=CONTENTS)
    def crash_between_entry_and_head(self, content: str) -> None:
        with patch("warehouse.ledger.chain.remember_head", crash), suppress(Crash):
            self._receive(content)
            raise AssertionError("the crash did not come")
        self._written(remembered=False)
        self._note(content, self.names)

    @rule()
    def restart(self) -> None:
        self.ledger._engine.dispose()
        self.ledger = Ledger.open(home(self.folder))

    def _tampered(self, change: Callable[[Path], None]) -> list[str]:
        with tempfile.TemporaryDirectory() as folder, sqlite3.connect(self.folder / "ledger.sqlite") as live:
            with sqlite3.connect(Path(folder) / "ledger.sqlite") as copy:
                live.backup(copy)
                copy.execute("drop trigger ledger_no_update")
                copy.execute("drop trigger ledger_no_delete")
            shutil.copy(self.folder / "ledger.head", folder)
            change(Path(folder))
            other = Ledger.open(home(Path(folder)))
            problems = other.verify()
            other._engine.dispose()
            return problems

    @precondition(lambda self: self.head > 0)
    @rule(place=st.integers(0, 999), field=st.sampled_from(FIELDS))
    def a_changed_field_is_found(self, place: int, field: str) -> None:
        seq = place % self.entries + 1
        self._refuses(f"update ledger_entries set {field} = 'forged' where seq = {seq}")

    @precondition(lambda self: self.head > 0)
    @rule(place=st.integers(0, 999))
    def a_removed_entry_is_found(self, place: int) -> None:
        self._refuses(f"delete from ledger_entries where seq = {place % self.head + 1}")

    @precondition(lambda self: self.head > 0)
    @rule(text=st.sampled_from(["", "7", "nonsense", f"1 {'0' * 64}\n", f"0 {'0' * 64}\n", f"9999 {'0' * 64}\n"]))
    def a_changed_head_is_found(self, text: str) -> None:
        def change(folder: Path) -> None:
            (folder / "ledger.head").write_text(text, encoding="ascii")

        assert self._tampered(change)

    def _refuses(self, statement: str) -> None:
        def change(folder: Path) -> None:
            with sqlite3.connect(folder / "ledger.sqlite") as copy:
                assert copy.execute(statement).rowcount == 1

        assert self._tampered(change)

    @invariant()
    def says_what_the_model_says(self) -> None:
        assert {d.delivery_id: d.outcome for d in self.ledger.deliveries()} == self.ends
        open_ones = {d.delivery_id for d in self.ledger.unfinished("trade_data")}
        assert open_ones == {name for name, outcome in self.ends.items() if outcome == "received"}
        asked = [f"key{n}" for n in range(self.names + 2)]
        assert self.ledger.known("trade_data", asked) == self.keys
        assert [s.payload["number"] for s in self.ledger.steps("build")] == self.steps

    @invariant()
    def the_chain_holds(self) -> None:
        if self.head:
            assert self.ledger.verify() == []
        assert self.ledger.head()[0] == self.entries


TestLedger = LedgerMachine.TestCase
TestLedger.settings = settings(
    max_examples=12, stateful_step_count=20, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)  # fmt: skip

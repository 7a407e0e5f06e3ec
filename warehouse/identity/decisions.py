"""What people said about who is who: in the ledger, append-only, and so reversible and kept for ever.

A decision names two records by ids that follow from their content, so it counts again when the same list is sent
again. The newest decision about a pair holds; withdrawing one is an entry too.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from warehouse.ledger import Ledger

STEP = "identity"
SAME, DIFFERENT, WITHDRAWN = "same", "different", "withdrawn"


class DecisionRefused(ValueError):
    """The decision makes no sense; the message says why."""


@dataclass(frozen=True)
class Decision:
    """One decision; `left_id` < `right_id` are ids of records, which are also ids of parties."""

    left_id: str
    right_id: str
    said: str
    by: str
    why: str
    at: str = ""

    @property
    def subject(self) -> str:
        """What the ledger files it under."""
        return f"{self.left_id}|{self.right_id}"


def decide(ledger: Ledger, pair: tuple[str, str], said: str, by: str, why: str, at: datetime) -> Decision:
    """Record a decision; raises `DecisionRefused`."""
    left, right = sorted(pair)
    if left == right:
        raise DecisionRefused(f"{left} is one record; name two")
    if not by.strip() or not why.strip():
        raise DecisionRefused("a decision needs a name (--by) and a reason (--why)")
    made = Decision(left, right, said, by, why, at.isoformat())
    if said == WITHDRAWN and made.subject not in {d.subject for d in standing(ledger)}:
        raise DecisionRefused("no decision about this pair stands; `liefernetz identity decisions` lists them")
    ledger.record(STEP, made.subject, asdict(made), at)
    return made


def history(ledger: Ledger) -> list[Decision]:
    """Return all decisions, the oldest first, withdrawn ones too."""
    found: list[dict[str, Any]] = [step.payload for step in ledger.steps(STEP)]
    return [Decision(**payload) for payload in found]


def standing(ledger: Ledger) -> list[Decision]:
    """Return the decisions that hold now, one per pair, in the order of ids."""
    newest = {decision.subject: decision for decision in history(ledger)}
    return [newest[subject] for subject in sorted(newest) if newest[subject].said != WITHDRAWN]

"""What must be protected and by how much: the primary rules and the needs that follow from them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from warehouse.disclosure.proofs import Need
from warehouse.disclosure.system import Codes, System

MARGIN = 1 + 1e-5  # above what the rules ask for, so that rounding in somebody else's solver does not matter


@dataclass(frozen=True)
class Rules:
    """The primary rules for magnitudes; parameters are private."""

    min_contributors: int = 5
    p_percent: float = 10.0
    max_share_percent: float | None = None
    small_share: float = 0.20

    def need(self, contributions: Sequence[float]) -> float:
        """Return by how much a cell must be able to move; 0 if it is not sensitive."""
        ordered = sorted(contributions, reverse=True)
        total, first, second = sum(ordered), ordered[0], ordered[1] if len(ordered) > 1 else 0.0
        dominated = self.p_percent / 100 * first - (total - first - second)
        if dominated > 0:
            return dominated * MARGIN
        capped = self.max_share_percent is not None and first > self.max_share_percent / 100 * total
        if len(ordered) < self.min_contributors or capped:
            return self.small_share * total * MARGIN
        return 0.0


def needs_of(
    system: System, amounts: Mapping[Codes, float], single: Mapping[Codes, object], measure: int = 0
) -> list[Need]:
    """Return the needs of all sensitive cells, up and down, with singleton protection.

    `single` names the cells that rest on one group alone: the group knows them. A sensitive cell in the same equation
    must be able to move without them, unless one of the two includes the other.
    """
    number = {cell: i for i, cell in enumerate(system.cells)}
    alone = {number[cell] for cell in single}
    found: list[Need] = []
    for cell, amount in amounts.items():
        if amount > 0:
            p = number[cell]
            held = [q for q in system.neighbours(p) if q in alone and not _nested(system, p, q)]
            for known in [frozenset[int](), *(frozenset({q}) for q in held)]:
                found += [Need(p, amount, measure, known), Need(p, -amount, measure, known)]
    return found


def _nested(system: System, one: int, other: int) -> bool:
    return system.contains(one, other) or system.contains(other, one)

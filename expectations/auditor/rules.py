"""The primary rules, written a second time from the policy: which cell is a secret, and how far off one must be."""

from dataclasses import dataclass

from expectations.auditor.cells import Cell
from warehouse.policy import SdcPolicy

FREQUENCY, DOMINANCE, CAP = "too_few_groups", "dominated", "above_cap"
SLIDING_SHARE = 0.2
MIN_CHANGED = 5


@dataclass(frozen=True)
class Rules:
    """Parameters of the audit; they are as secret as the policy they come from."""

    min_contributors: int = 5
    p_percent: float = 10.0
    max_share_percent: float | None = None
    frequency_share: float = SLIDING_SHARE
    min_changed: int = MIN_CHANGED
    coalition: int = 2
    # Whether insiders use what they add to cells in which others are too, or only cells that are theirs alone.
    shares: bool = True

    @classmethod
    def of(cls, policy: SdcPolicy) -> "Rules":
        """The rules of a network."""
        share = getattr(policy, "small_cell_percent", 100 * SLIDING_SHARE) / 100
        return cls(policy.min_contributors, policy.p_percent, policy.max_share_percent, share)

    def reason(self, cell: Cell, signed: bool = False) -> str:
        """Why the cell is a secret by itself; empty if it is none. A cell to which nobody adds is a public zero."""
        if cell.n == 0:
            return ""
        least = self.min_contributors * (2 if signed else 1)
        if signed:
            return FREQUENCY if cell.n < least else ""
        if self._rest(cell) < self.p_percent / 100 * cell.top1 * (1 - 1e-12):
            return DOMINANCE
        if cell.n < least:
            return FREQUENCY
        cap = self.max_share_percent
        return CAP if cap is not None and cell.top1 > cap / 100 * cell.true_value else ""

    def need(self, cell: Cell, signed: bool = False) -> float:
        """How far from the truth one must be able to be, on both sides, for a cell that is a secret."""
        if self.reason(cell, signed) == DOMINANCE:
            return self.p_percent / 100 * cell.top1 - self._rest(cell)
        return self.frequency_share * abs(cell.true_value)

    def _rest(self, cell: Cell) -> float:
        rest = cell.true_value - cell.top1 - cell.top2
        # Differences of large sums leave crumbs that are nobody's contribution.
        return 0.0 if cell.n <= 2 or abs(rest) < 1e-9 * abs(cell.true_value) else rest

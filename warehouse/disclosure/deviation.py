"""One linear program: move one cell by what it needs while every printed figure stays as it is.

A deviation d with M d = 0 that moves only withheld cells is a proof: who sees the printed cells cannot tell the true
table from the deviating one.
"""

from dataclasses import dataclass

import highspy
import numpy as np
from highspy._core import _Highs  # the public class does the same and prints a banner when it is made

from warehouse.disclosure.system import Flags, Floats, Integers, System

_FAR = 1e4  # moves beyond this many needs are of no use and spoil the numbers
_SMALL = 1e-7


@dataclass(frozen=True)
class Deviation:
    """Cells that move and by how much; all other cells stay."""

    cells: Integers
    moves: Floats


class Deviations:
    """Finds deviations in one system; keeps one solver."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.programs = 0
        self._solver = _Highs()
        for name, value in (("output_flag", False), ("threads", 1), ("presolve", "off"), ("solver", "simplex")):
            self._solver.setOptionValue(name, value)
        self._of_row = np.zeros(len(system.equations), dtype=np.int32)

    def movable(self, cells: Integers, target: int) -> Integers:
        """Return those of the cells that can move at all: nobody moves alone in an equation. Empty without target."""
        while len(cells):
            counts, rows, _ = self.system.entries(cells)
            alone = np.bincount(rows, minlength=len(self._of_row))[rows] == 1
            if not alone.any():
                return cells
            stuck = np.bincount(np.repeat(np.arange(len(cells)), counts), weights=alone, minlength=len(cells)) > 0
            if stuck[np.searchsorted(cells, target)]:
                break
            cells = cells[~stuck]
        return cells[:0]

    def find(self, cells: Integers, target: int, move: float, down: Floats, cost: Floats) -> Deviation | None:
        """Move `target` by `move` with the least cost, moving only `cells` (sorted) and none down by more than `down`.

        `down` and `cost` belong to `cells`; the cost is per unit of movement. None if it cannot be done.
        """
        kept = self.movable(cells, target)
        if not len(kept):
            return None
        if len(kept) < len(cells):
            where = np.searchsorted(cells, kept)
            down, cost = down[where], cost[where]
        need = abs(move)
        upper = np.concatenate([np.full(len(kept), _FAR), np.minimum(down / need, _FAR)])
        lower = np.zeros(2 * len(kept))
        place = int(np.searchsorted(kept, target))
        lower[place + (len(kept) if move < 0 else 0)] = upper[place + (len(kept) if move < 0 else 0)] = 1.0
        upper[place + (0 if move < 0 else len(kept))] = 0.0
        moves = self._solve(kept, lower, upper, cost)
        if moves is None:
            return None
        moving: Flags = np.abs(moves) > _SMALL
        return Deviation(kept[moving], moves[moving] * need)

    def _solve(self, cells: Integers, lower: Floats, upper: Floats, cost: Floats) -> Floats | None:
        self.programs += 1
        n = len(cells)
        counts, rows, signs = self.system.entries(cells)
        present = np.unique(rows)
        self._of_row[present] = np.arange(len(present), dtype=np.int32)
        index, half = self._of_row[rows], np.cumsum(counts)
        start = np.concatenate([[0], half, half + len(rows)]).astype(np.int32)
        zeros = np.zeros(len(present))
        self._solver.passModel(
            2 * n, len(present), 2 * len(rows), 1, 1, 0.0, np.concatenate([cost, cost]), lower, upper, zeros, zeros,
            start, np.concatenate([index, index]), np.concatenate([signs, -signs]), np.zeros(2 * n, dtype=np.int32),
        )  # fmt: skip
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        both = np.asarray(self._solver.getSolution().col_value)
        moves: Floats = both[:n] - both[n:]
        return moves

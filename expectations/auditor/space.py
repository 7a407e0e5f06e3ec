"""Deviations from the truth that the printed figures allow, with bounds made tight before any program is solved."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from expectations.auditor.system import Goal, System

Floats = NDArray[np.float64]
Direction = dict[int, float]
SWEEPS = 12
PINNED = 1e-9


@dataclass
class Space:
    """Each column may fall by `down` and rise by `up`; rows keep sums of deviations between `low` and `high`."""

    matrix: sparse.csr_matrix
    low: Floats
    high: Floats
    truth: Floats
    down: Floats
    up: Floats
    labels: NDArray[np.int32]

    def pinned(self, column: int) -> bool:
        """Whether simple arithmetic already tells the figure exactly."""
        return bool(self.down[column] + self.up[column] <= PINNED * abs(self.truth[column]))

    def holds(self, direction: Direction, factor: float) -> bool:
        """Whether the rows that are no equations allow a multiple of a direction."""
        if 0 <= factor <= 1 or np.isneginf(self.low).sum() + np.isposinf(self.high).sum() == 0:
            return True
        dense = np.zeros(len(self.truth))
        dense[list(direction)] = [factor * value for value in direction.values()]
        activity, slack = self.matrix @ dense, 1e-9 * max(map(abs, direction.values())) * abs(factor)
        return bool((activity >= self.low - slack).all() and (activity <= self.high + slack).all())


def space_of(system: System) -> Space:
    """The space of a system; bounds are propagated along all rows, and what falls apart is told apart."""
    matrix, truth = system.matrix(), np.array(system.truth, dtype=float)
    low = np.array([row[1] for row in system.rows], dtype=float)
    high = np.array([row[2] for row in system.rows], dtype=float)
    down = np.maximum(truth - np.array(system.low, dtype=float), 0.0)
    up = np.maximum(np.array(system.high, dtype=float) - truth, 0.0)
    _propagate(matrix, low, high, down, up)
    free = down + up > PINNED * np.abs(truth)
    linked, count = matrix[:, free].tocoo(), int(free.sum())
    size = count + len(low)
    graph = sparse.csr_matrix((np.ones(linked.nnz), (linked.col, count + linked.row)), shape=(size, size))
    labels = np.full(len(truth), -1, dtype=np.int32)
    labels[free] = connected_components(graph, directed=False)[1][:count]
    return Space(matrix, low, high, truth, down, up, labels)


def _propagate(matrix: sparse.csr_matrix, low: Floats, high: Floats, down: Floats, up: Floats) -> None:
    entries = matrix.tocoo()
    row, column, factor = entries.row, entries.col, entries.data
    rising = factor > 0
    for _ in range(SWEEPS):
        before = np.isfinite(down).sum() + np.isfinite(up).sum(), down[np.isfinite(down)].sum()
        most = np.where(rising, factor * up[column], -factor * down[column])
        least = np.where(rising, -factor * down[column], factor * up[column])
        # What the others in the row can do at most leaves this much for the one.
        above = high[row] - _others(row, least, len(low))
        below = low[row] - _others(row, most, len(low))
        rise = np.where(rising, above / factor, below / factor)
        fall = -np.where(rising, below / factor, above / factor)
        np.minimum.at(up, column, np.maximum(rise, 0.0))
        np.minimum.at(down, column, np.maximum(fall, 0.0))
        if before == (np.isfinite(down).sum() + np.isfinite(up).sum(), down[np.isfinite(down)].sum()):
            return


def _others(row: NDArray[np.int32], part: Floats, rows: int) -> Floats:
    """Per entry, the sum over the other entries of its row; infinite if one of those is."""
    endless = np.isinf(part)
    finite = np.where(endless, 0.0, part)
    total = np.bincount(row, weights=finite, minlength=rows)[row] - finite
    count = np.bincount(row, weights=endless.astype(float), minlength=rows)[row] - endless
    sign = np.sign(part[endless][0]) if endless.any() else 1.0
    result: Floats = np.where(count > 0, sign * np.inf, total)
    return result


def reached(goal: Goal, direction: Direction) -> float:
    """How far a direction moves the secret towards the goal."""
    return sum(factor * direction.get(column, 0.0) for column, factor in goal.entries)

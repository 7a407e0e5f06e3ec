"""A linear program in HiGHS over the deviations that printed figures allow, solved often with other bounds."""

from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from expectations.auditor.space import Direction, Floats, Space, reached
from expectations.auditor.system import Goal

Bounds = dict[int, tuple[float, float]]
# No attacker is helped by moves a million times the need; beyond it solvers lose digits.
LIMIT = 1e6


@dataclass
class Program:
    """A linear program whose columns are rises, then falls, of the figures of one component, each in its own size."""

    space: Space
    columns: NDArray[np.int64]
    rows: NDArray[np.int64]
    sizes: Floats

    def __post_init__(self) -> None:
        """Hand the model to the solver once; later calls change bounds only and start from the last answer."""
        space, columns = self.space, self.columns
        self._count, self._place = len(columns), {int(column): number for number, column in enumerate(columns)}
        scaled = space.matrix[self.rows][:, columns].multiply(self.sizes).tocsr()
        norm = np.asarray(abs(scaled).max(axis=1).todense()).ravel()
        scaled = scaled.multiply(1 / norm[:, None]).tocsc()
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = 2 * self._count, scaled.shape[0]
        lp.col_cost_ = np.ones(2 * self._count)
        lp.col_lower_ = np.zeros(2 * self._count)
        lp.col_upper_ = np.concatenate([self._capped(space.up[columns]), self._capped(space.down[columns])])
        lp.row_lower_ = space.low[self.rows] / norm
        lp.row_upper_ = space.high[self.rows] / norm
        both = np.concatenate([scaled.data, -scaled.data])
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_ = np.concatenate([scaled.indptr, scaled.indptr[1:] + scaled.nnz])
        lp.a_matrix_.index_ = np.concatenate([scaled.indices, scaled.indices])
        lp.a_matrix_.value_ = both
        self._solver = highspy.Highs()
        self._solver.setOptionValue("output_flag", False)
        self._solver.setOptionValue("threads", 1)
        self._solver.passModel(lp)
        self._upper = np.array(lp.col_upper_)

    def least(self, goal: Goal, need: float, known: Bounds) -> Direction | None:
        """The shortest direction that reaches the need."""
        entries = self._entries(goal)
        if len(goal.entries) == 1:
            # A bound keeps the last basis, a new row does not.
            place = next(number for number, factor in entries.items() if factor > 0)
            amount = need / self.sizes[place % self._count]
            if amount > self._upper[place] * (1 + 1e-9):
                return None
            opposite = (place + self._count) % (2 * self._count)
            self._solver.changeColBounds(place, amount, amount)
            self._solver.changeColBounds(opposite, 0.0, 0.0)
            direction = self._solve({c: b for c, b in known.items() if c != goal.column}, None)
            for one in (place, opposite):
                self._solver.changeColBounds(one, 0.0, self._upper[one])
            return direction
        row = self._solver.getNumRow()
        # In units of the need, so that the tolerance of the solver is small beside the secret.
        values = np.array([value / need for value in entries.values()])
        self._solver.addRow(1.0, np.inf, len(entries), np.array(list(entries), dtype=np.int32), values)
        return self._solve(known, row)

    def most(self, goal: Goal, need: float, known: Bounds) -> tuple[Direction, float]:
        """How far one gets at all, and a direction that gets there."""
        every = np.arange(2 * self._count, dtype=np.int32)
        cost = np.zeros(2 * self._count)
        for number, factor in self._entries(goal).items():
            cost[number] = -factor / need
        self._solver.changeColsCost(len(every), every, cost)
        direction = self._solve(known, None)
        self._solver.changeColsCost(len(every), every, np.ones(2 * self._count))
        return (direction, reached(goal, direction)) if direction is not None else ({}, 0.0)

    def _entries(self, goal: Goal) -> dict[int, float]:
        found = {}
        for column, factor in goal.entries:
            number = self._place.get(column)
            if number is not None:
                found[number] = factor * self.sizes[number]
                found[number + self._count] = -factor * self.sizes[number]
        return found

    def _solve(self, known: Bounds, row: int | None) -> Direction | None:
        changed = [self._place[column] for column in known if column in self._place]
        for number in changed:
            down, up = known[int(self.columns[number])]
            self._solver.changeColBounds(number, 0.0, min(up / self.sizes[number], LIMIT))
            self._solver.changeColBounds(number + self._count, 0.0, min(down / self.sizes[number], LIMIT))
        self._solver.run()
        answer = None
        if self._solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
            values = np.array(self._solver.getSolution().col_value)
            moves = (values[: self._count] - values[self._count :]) * self.sizes
            moved = np.flatnonzero(np.abs(values[: self._count] - values[self._count :]) > 1e-9)
            answer = {int(self.columns[number]): float(moves[number]) for number in moved}
        for number in changed:
            for place in (number, number + self._count):
                self._solver.changeColBounds(place, 0.0, self._upper[place])
        if row is not None:
            self._solver.deleteRows(1, np.array([row], dtype=np.int32))
        return answer

    def _capped(self, slack: Floats) -> Floats:
        return np.minimum(slack / self.sizes, LIMIT)

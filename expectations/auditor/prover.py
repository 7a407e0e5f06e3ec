"""Looks for other figures that fit everything printed and lie far enough from a secret, and checks what it finds."""

import numpy as np

from expectations.auditor.program import Bounds, Program
from expectations.auditor.space import Direction, Space, reached
from expectations.auditor.system import Goal

STEP = 1000.0
RESIDUE = 1e-3


class Component:
    """One independent part of a release, as a program per order of magnitude of the secrets in it."""

    def __init__(self, space: Space, label: int) -> None:
        """Take the free columns with this label and the rows that touch them."""
        self.space = space
        self.columns = np.flatnonzero(space.labels == label)
        part = space.matrix[:, self.columns]
        self.rows = np.flatnonzero(np.diff(part.indptr))
        self.part = part[self.rows]
        sizes = np.abs(space.truth[self.columns])
        # Quantities of different units, as in ratios, meet in one program: each row and column in its own size.
        several = bool(np.isinf(space.low[self.rows]).any() or np.isinf(space.high[self.rows]).any())
        self.units = np.where(sizes > 0, sizes, 1.0) if several else np.full(len(sizes), 1.0)
        self.place = {int(column): number for number, column in enumerate(self.columns)}
        self._programs: dict[int, Program] = {}

    def far_enough(self, goal: Goal, need: float, known: Bounds) -> tuple[Direction | None, float]:
        """A direction that reaches the need within the bounds, else None and how far one gets."""
        if not len(self.rows):
            return self._alone(goal, need)
        program = self._program(goal, need)
        direction = program.least(goal, need, known)
        if direction is not None and self._true(goal, need, direction):
            return direction, need
        direction, reach = program.most(goal, need, known)
        if reach >= need * (1 - 1e-6) and self._true(goal, need, direction):
            return direction, reach
        return None, reach

    def _alone(self, goal: Goal, need: float) -> tuple[Direction | None, float]:
        """Nothing that is printed is about the figure."""
        column, factor = goal.entries[0]
        reach = float((self.space.up if factor > 0 else self.space.down)[column])
        return ({column: need / factor}, need) if reach >= need * (1 - 1e-9) else (None, reach)

    def _program(self, goal: Goal, need: float) -> Program:
        column, factor = next(entry for entry in goal.entries if entry[0] in self.place)
        size = need / (self.units[self.place[column]] * abs(factor))
        magnitude = int(np.floor(np.log(size) / np.log(STEP)))
        if magnitude not in self._programs:
            space, scale = self.space, STEP**magnitude
            self._programs[magnitude] = Program(space, self.columns, self.rows, self.units * scale)
        return self._programs[magnitude]

    def _true(self, goal: Goal, need: float, direction: Direction) -> bool:
        """Check the answer of the solver: its rounding must be crumbs beside the need."""
        dense = np.zeros(len(self.columns))
        for column, value in direction.items():
            dense[self.place[column]] = value
        activity, space = self.part @ dense, self.space
        broken = np.maximum(space.low[self.rows] - activity, 0.0) + np.maximum(activity - space.high[self.rows], 0.0)
        return bool(broken.max(initial=0.0) <= RESIDUE * need and reached(goal, direction) >= need * (1 - RESIDUE))

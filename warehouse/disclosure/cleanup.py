"""The clean-up: give back withheld cells that no need depends on. It may be stopped at any moment and stays safe."""

import time

import numpy as np

from warehouse.disclosure.pattern import EVERYTHING, Pattern
from warehouse.disclosure.proofs import Need
from warehouse.disclosure.system import Floats, Integers

_PRIMARY = 0.01
_HUGE = 1e6
_LARGE = 20_000  # withheld cells in one program; beyond, giving a cell back is not worth the time
_SPARE = 1.5  # how much more may be withheld for a moment while a cell is exchanged for others


class CleanUp:
    """Closes secondary cells one by one, by falling weight, then exchanges them for cheaper ones.

    `programs` bounds the work instead of the time, so that the result is the same on every machine.
    """

    def __init__(self, pattern: Pattern, seconds: float = float("inf"), programs: int | None = None) -> None:
        self.pattern = pattern
        self.weight = pattern.weights()
        self._end = time.monotonic() + seconds
        self._last = float("inf") if programs is None else pattern.deviations.programs + programs

    def run(self) -> bool:
        """Work until nothing gets better or the budget is used; return whether it ended by itself."""
        if not all(self._give_back(cell) for cell in self._secondary()):
            return False
        better = True
        while better:
            better = False
            for cell in self._secondary():
                if self.over():
                    return False
                if self.pattern.withheld[cell]:
                    better |= self._exchange(cell)
        return True

    def over(self) -> bool:
        """Whether the budget is used."""
        return time.monotonic() >= self._end or self.pattern.deviations.programs >= self._last

    def _secondary(self) -> list[int]:
        cells = np.flatnonzero(self.pattern.withheld & ~self.pattern.primary)
        return [int(cell) for cell in cells[np.argsort(-self.weight[cells], kind="stable")]]

    def _give_back(self, cell: int) -> bool:
        """Print a cell again if every need whose proof moves it can be proved without it; False if time is over."""
        pattern = self.pattern
        pattern.withheld[cell] = False
        for number in pattern.depending(cell):
            if self.over() or (number in pattern.proofs.uses[cell] and not self._prove_without(number, cell)):
                pattern.withheld[cell] = True
                break
        return not self.over()

    def _prove_without(self, number: int, cell: int) -> bool:
        pattern, tried = self.pattern, 0
        need = pattern.needs[number]
        for width in (0, 2, EVERYTHING):
            cells = pattern.allowed(need, width, any_cell=False)
            if len(cells) == tried or len(cells) > _LARGE:
                continue
            tried = len(cells)
            found = pattern.deviate(need, cells, self._cost(need, cells))
            if found is not None:
                pattern.accept(found, need.measure, sorted(pattern.proofs.uses[cell]))
                return True
        return False

    def _cost(self, need: Need, cells: Integers) -> Floats:
        """Lead proofs over cells that stay withheld anyway, and over small ones."""
        pattern = self.pattern
        size = np.abs(pattern.values[need.measure][cells])
        cost = np.clip(size / abs(need.move), 1.0, _HUGE) if pattern.weight == "value" else np.ones(len(cells))
        return np.where(pattern.primary[cells], _PRIMARY, cost)

    def _exchange(self, cell: int) -> bool:
        """Print a cell again and withhold others instead, if these weigh less; else leave all as it was."""
        pattern = self.pattern
        before = pattern.withheld.copy()
        pattern.proofs.journal()
        weight = float(self.weight[before].sum())
        pattern.withheld[cell] = False
        if self._replace(cell, weight):
            unused = [c for c in self._secondary() if not pattern.proofs.uses[c]]
            pattern.withheld[unused] = False
            if float(self.weight[pattern.withheld].sum()) < weight * (1 - 1e-9):
                pattern.proofs.roll_back(keep=True)
                return True
        pattern.withheld = before
        pattern.proofs.roll_back(keep=False)
        return False

    def _replace(self, cell: int, weight: float) -> bool:
        pattern = self.pattern
        limit = weight + (_SPARE - 1) * float(self.weight[cell])
        for number in pattern.depending(cell):
            if number not in pattern.proofs.uses[cell]:
                continue
            if self.over():
                return False
            need = pattern.needs[number]
            cells = pattern.allowed(need, EVERYTHING, any_cell=True)
            cells = cells[cells != cell]
            found = pattern.deviate(need, cells, pattern.cost(need, cells))
            if found is None:
                return False
            pattern.withheld[found.cells] = True
            if float(self.weight[pattern.withheld].sum()) > limit:
                return False
            pattern.accept(found, need.measure, sorted(pattern.proofs.uses[cell]))
        return True

"""The safe pattern: which cells are withheld so that every sensitive one is protected, with a proof for each need."""

from collections.abc import Sequence

import numpy as np

from warehouse.disclosure.deviation import Deviation, Deviations
from warehouse.disclosure.proofs import Need, Proofs
from warehouse.disclosure.system import Flags, Floats, Integers, System

_FREE = 1e-3  # what it costs to move a cell that is withheld anyway
_HUGE = 1e6
EVERYTHING = 3
_WHOLE = 12_000  # systems up to here are searched as a whole: less is withheld than by looking around first
_MARGIN = 1 + 1e-6  # so that a need is still met after rounding in somebody else's solver


class Unprotectable(ValueError):
    """Even withholding everything does not protect a cell: the table is too small, or its total must not be named."""


class Pattern:
    """Withheld cells of one system, and for every need a deviation that proves it."""

    def __init__(self, system: System, values: Sequence[Floats], needs: Sequence[Need], weight: str = "value") -> None:
        """Take one vector of values per measure, NaN where the cell is absent; all measures have one common pattern."""
        self.system, self.needs, self.weight = system, list(needs), weight
        self.absent = [np.isnan(v) for v in values]
        self.values = [np.nan_to_num(v, nan=0.0) for v in values]
        self.signed = [bool((v < 0).any()) for v in self.values]
        self.deviations = Deviations(system)
        self.primary: Flags = np.zeros(len(system.cells), dtype=bool)
        for need in self.needs:
            self.primary[need.cell] = True
        self.withheld = self.primary.copy()
        self.proofs = Proofs(len(self.needs), len(system.cells))
        self._of_cell: list[list[int]] = [[] for _ in system.cells]
        for number, need in enumerate(self.needs):
            self._of_cell[need.cell].append(number)
        self.wide = 0

    def protect(self) -> None:
        """Withhold until every need is proved; largest need first. Raises `Unprotectable`."""
        totals = [max(float(np.abs(v).max(initial=0.0)), 1e-300) for v in self.values]
        size = [abs(need.move) / totals[need.measure] for need in self.needs]
        for number in sorted(range(len(self.needs)), key=lambda n: (-size[n], n)):
            if self.proofs.of[number] is None:
                self._prove(number)

    def _prove(self, number: int) -> None:
        need = self.needs[number]
        for width, any_cell in self.stages():
            cells = self.allowed(need, width, any_cell)
            found = self.deviate(need, cells, self.cost(need, cells))
            if found is not None:
                self.wide += width == EVERYTHING
                self.withheld[found.cells] = True
                self.accept(found, need.measure)
                assert self.proofs.of[number] is not None
                return
        names = " × ".join(self.system.cells[need.cell])
        raise Unprotectable(f"cell {names} cannot be protected even if everything around it is withheld")

    def stages(self) -> list[tuple[int, bool]]:
        """How far to look, and whether cells may be withheld newly."""
        if len(self.system.cells) <= _WHOLE:
            return [(0, False), (EVERYTHING, True)]
        return [(0, False), (0, True), (1, True), (2, True), (EVERYTHING, True)]

    def weights(self) -> Floats:
        """What withholding a cell costs: its share of the values, or one for each."""
        if self.weight != "value":
            return np.ones(len(self.system.cells))
        shares = [np.abs(v) / max(float(np.abs(v).max(initial=0.0)), 1e-300) for v in self.values]
        weights: Floats = np.sum(shares, axis=0) + 1e-9
        return weights

    def depending(self, cell: int) -> list[int]:
        """Return the needs whose proof moves a cell, largest first."""
        return sorted(self.proofs.uses[cell], key=lambda n: (-abs(self.needs[n].move), n))

    def allowed(self, need: Need, width: int, any_cell: bool) -> Integers:
        """Return the cells that may move for a need."""
        cells = self.system.around(need.cell, width)
        if not any_cell:
            cells = cells[self.withheld[cells]]
        cells = cells[~self.absent[need.measure][cells]]
        if need.held:
            cells = cells[~np.isin(cells, list(need.held))]
        return cells

    def deviate(self, need: Need, cells: Integers, cost: Floats) -> Deviation | None:
        """Look for a deviation that meets a need."""
        values = self.values[need.measure][cells]
        down = np.full(len(cells), np.inf) if self.signed[need.measure] else values
        return self.deviations.find(cells, need.cell, need.move, down, cost)

    def cost(self, need: Need, cells: Integers) -> Floats:
        """Return what moving each cell costs: about nothing where it is withheld anyway."""
        size = np.abs(self.values[need.measure][cells])
        amount = abs(need.move)
        if self.weight == "value":
            cost = np.clip(size / amount, 1.0, _HUGE)
        else:
            cost = np.clip(amount / np.maximum(size, amount / _HUGE), 1.0, _HUGE)
        return np.where(self.withheld[cells], _FREE, cost)

    def accept(self, found: Deviation, measure: int, among: Sequence[int] | None = None) -> None:
        """Let a deviation prove every open need that it meets, scaled and in both directions."""
        far = self._reach(found, measure)
        moves = dict(zip(found.cells.tolist(), found.moves.tolist(), strict=True))
        if among is None:
            among = [n for cell in moves for n in self._of_cell[cell] if self.proofs.of[n] is None]
        for number in among:
            need = self.needs[number]
            if need.measure != measure or need.cell not in moves or not need.held.isdisjoint(moves):
                continue
            share = moves[need.cell] / need.move
            if abs(share) * far[0 if share > 0 else 1] >= 1.0:
                self.proofs.file(number, found)

    def _reach(self, found: Deviation, measure: int) -> tuple[float, float]:
        """How many times the deviation fits into the values, as it is and turned round."""
        if self.signed[measure]:
            return np.inf, np.inf
        share = found.moves / np.maximum(self.values[measure][found.cells], 1e-300)
        down, up = float(-share.min(initial=0.0)), float(share.max(initial=0.0))
        return (_MARGIN / down if down else np.inf), (_MARGIN / up if up else np.inf)

"""Who takes part knows more: a group knows what it adds to each cell, and two groups may tell each other.

Every need that is proved for the reader is tried as each group and each pair would: they rule a deviation out if it
takes a cell below their own part, or moves a cell that is theirs alone. Where they can, a further deviation that they
cannot rule out is looked for, and its cells are withheld. Withholding more never undoes a proof.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from warehouse.disclosure.pattern import Pattern
from warehouse.disclosure.proofs import Need

_TIGHT = 1 + 1e-9
Coalition = tuple[str, ...]
Moves = dict[int, float]


class Insiders:
    """Contributions per measure and cell by group, and the attacks of those groups on one pattern."""

    def __init__(self, pattern: Pattern, parts: Sequence[Mapping[int, Mapping[str, float]]]) -> None:
        self._pattern = pattern
        self._parts = [
            {cell: sorted(((v, g) for g, v in groups.items()), reverse=True) for cell, groups in cells.items()}
            for cells in parts
        ]
        self._by_cell = parts
        self._answers: dict[tuple[int, int, bool], list[Moves]] = {}

    def withstand(self, size: int) -> None:
        """Withhold until no coalition of at most `size` groups (0 to 2) learns more than it may."""
        for number, need in enumerate(self._pattern.needs):
            found = self._pattern.proofs.of[number]
            if need.held or found is None or not size:
                continue
            moves = dict(zip(found.cells.tolist(), found.moves.tolist(), strict=True))
            factor = need.move / moves[need.cell]
            self._defend(need, {cell: factor * move for cell, move in moves.items()}, size)

    def _defend(self, need: Need, moves: Moves, size: int) -> None:
        alone = sorted(self._refuting(need, moves, ()))
        pairs: set[Coalition] = set()
        for group in alone:
            answer = self._answer(need, (group,))
            if answer is not None and size > 1:
                pairs |= {(group, other) for other in self._refuting(need, answer, (group,))}
        if size > 1:
            pairs |= {
                pair for pair in self._refuting_pairs(need, moves) if pair[0] not in alone and pair[1] not in alone
            }
        for pair in sorted({(min(p), max(p)) for p in pairs}):
            self._answer(need, pair)

    def _refuting(self, need: Need, moves: Moves, known: Coalition) -> set[str]:
        """Groups that rule a deviation out, with those that are known already."""
        found: set[str] = set()
        for cell, move in moves.items():
            others = [(v, g) for v, g in self._parts[need.measure].get(cell, ()) if g not in known]
            if cell == need.cell:
                continue
            if len(others) == 1:
                found.add(others[0][1])
            elif move < 0 and not self._pattern.signed[need.measure]:
                limit = (self._rest(need, cell, known) + move) * _TIGHT
                found |= {group for value, group in others if value > limit}
        return found

    def _refuting_pairs(self, need: Need, moves: Moves) -> Iterator[Coalition]:
        """Pairs of which both together rule a deviation out."""
        for cell, move in moves.items():
            groups = self._parts[need.measure].get(cell, [])
            if cell == need.cell:
                continue
            limit = (self._rest(need, cell, ()) + move) * _TIGHT
            for number, (value, group) in enumerate(groups):
                for other, partner in groups[number + 1 :]:
                    shared = move < 0 and not self._pattern.signed[need.measure] and value + other > limit
                    if not shared and len(groups) != 2:
                        break
                    yield group, partner

    def _answer(self, need: Need, coalition: Coalition) -> Moves | None:
        """A deviation that the coalition cannot rule out; withholds what it takes. None if it may know the cell."""
        rest = self._rest(need, need.cell, coalition)
        amount = abs(need.move)
        if need.move < 0 and not self._pattern.signed[need.measure]:
            amount = min(amount, rest)
        if amount <= 1e-12 * abs(need.move) or self._owns(need, need.cell, coalition):
            return None
        remembered = self._answers.setdefault((need.measure, need.cell, need.move > 0), [])
        for moves in remembered:
            if abs(moves[need.cell]) >= amount and self._holds(need, moves, coalition):
                return moves
        found = self._search(need, coalition, amount if need.move > 0 else -amount)
        if found is not None:
            remembered.append(found)
        return found

    def _search(self, need: Need, coalition: Coalition, move: float) -> Moves | None:
        pattern = self._pattern
        for width, any_cell in pattern.stages():
            cells = pattern.allowed(need, width, any_cell)
            cells = cells[[c == need.cell or not self._owns(need, c, coalition) for c in cells.tolist()]]
            down = np.array([max(self._rest(need, c, coalition), 0.0) for c in cells.tolist()])
            if pattern.signed[need.measure]:
                down = np.full(len(cells), np.inf)
            found = pattern.deviations.find(cells, need.cell, move, down, pattern.cost(need, cells))
            if found is not None:
                pattern.withheld[found.cells] = True
                return dict(zip(found.cells.tolist(), found.moves.tolist(), strict=True))
        return None

    def _holds(self, need: Need, moves: Moves, coalition: Coalition) -> bool:
        others = [(cell, move) for cell, move in moves.items() if cell != need.cell]
        return all(
            not self._owns(need, cell, coalition)
            and (move > 0 or self._pattern.signed[need.measure] or -move <= self._rest(need, cell, coalition) * _TIGHT)
            for cell, move in others
        )

    def _owns(self, need: Need, cell: int, coalition: Coalition) -> bool:
        groups = self._by_cell[need.measure].get(cell, {})
        return bool(coalition) and len(groups) <= len(coalition) and all(group in coalition for group in groups)

    def _rest(self, need: Need, cell: int, coalition: Coalition) -> float:
        groups = self._by_cell[need.measure].get(cell, {})
        return float(self._pattern.values[need.measure][cell]) - sum(groups.get(group, 0.0) for group in coalition)

"""What company groups know: their own contributions, in every cell and every margin to which they add."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from expectations.auditor.cells import Material, Unauditable
from expectations.auditor.earlier import spread
from expectations.auditor.program import Bounds
from expectations.auditor.space import Space
from expectations.auditor.system import System

Coalition = tuple[str, ...]


class Knowledge:
    """Contributions by column and by group, of columns that are not printed exactly."""

    def __init__(self, system: System, space: Space, material: Material, shares: bool = True) -> None:
        """Add every contribution to its cell and to all cells above."""
        self._space, self._shares = space, shares
        self._bounds: dict[Coalition, Bounds] = {}
        self._signed = {number for number, (quantity, _) in enumerate(system.keys) if quantity in system.signed}
        self.of_group: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
        for key, parts in spread(material.contributions, material.hierarchies).items():
            column = system.index.get(key)
            if column is not None and space.labels[column] >= 0:
                for group, value in parts.items():
                    self.of_group[group][column] += value
        collected: dict[int, list[tuple[float, str]]] = defaultdict(list)
        for group, cells in self.of_group.items():
            for column, value in cells.items():
                collected[column].append((value, group))
        self.of_column = {column: sorted(found, reverse=True) for column, found in collected.items()}

    def check(self, system: System, material: Material) -> None:
        """Refuse contributions that do not explain the cells: insiders would be judged by other figures."""
        told = {one.quantity for one in material.contributions}
        for table in material.tables:
            for cell in table.cells:
                column = system.index.get((table.quantity, table.key(cell.codes)))
                if table.quantity in told and table.secret and column is not None and self._space.labels[column] >= 0:
                    found = self.of_column.get(column, [])
                    off = abs(sum(value for value, _ in found) - cell.true_value)
                    if len(found) != cell.n or off > 1e-6 * max(sum(abs(value) for value, _ in found), 1e-9):
                        raise Unauditable(f"{table.name}: the contributions of the groups do not make up its cells.")

    def owns(self, coalition: Coalition, column: int) -> bool:
        """Whether nobody else adds to a cell."""
        return all(group in coalition for _, group in self.of_column.get(column, ()))

    def share(self, coalition: Coalition, column: int) -> float:
        """What the coalition itself adds to a cell."""
        return sum(self.of_group[group].get(column, 0.0) for group in coalition)

    def bounds(self, coalition: Coalition) -> Bounds:
        """How far cells can move for the coalition: not below its own part, and not at all where it is alone."""
        if coalition in self._bounds:
            return self._bounds[coalition]
        found: Bounds = {}
        self._bounds[coalition] = found
        for column in {column for group in coalition for column in self.of_group[group]}:
            down, up = float(self._space.down[column]), float(self._space.up[column])
            if self.owns(coalition, column):
                found[column] = (0.0, 0.0)
            elif self._shares and column not in self._signed:
                rest = float(self._space.truth[column]) - self.share(coalition, column)
                found[column] = (min(down, max(rest, 0.0)), up)
        return found

    def refuted(self, moves: Iterable[tuple[int, float]], known: Coalition) -> Iterator[str]:
        """Groups that, with those already known, see that moves of some cells cannot be."""
        for column, move in moves:
            others = [(value, group) for value, group in self.of_column.get(column, ()) if group not in known]
            if len(others) == 1:
                yield others[0][1]
            elif self._shares and move < 0 and column not in self._signed:
                limit = (self._space.truth[column] - self.share(known, column) + move) * (1 + 1e-9)
                for value, group in others:
                    if value <= limit:
                        break
                    yield group

    def refuted_together(self, moves: Iterable[tuple[int, float]]) -> Iterator[Coalition]:
        """Pairs of which neither alone, but both together, see that moves of some cells cannot be."""
        for column, move in moves:
            found = self.of_column.get(column, [])
            if len(found) == 2:
                yield found[0][1], found[1][1]
            elif self._shares and move < 0 and column not in self._signed:
                limit = (self._space.truth[column] + move) * (1 + 1e-9)
                for number, (value, group) in enumerate(found):
                    for other, partner in found[number + 1 :]:
                        if value + other <= limit:
                            break
                        yield group, partner

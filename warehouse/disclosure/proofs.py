"""What is proved by what: for every need the cells that move in its proof, and the way back."""

from dataclasses import dataclass

from warehouse.disclosure.system import Integers


@dataclass(frozen=True)
class Need:
    """A sensitive cell must be able to move by `move` (signed) while the `held` cells stay where they are.

    Held are the cells that somebody with an interest knows anyway, such as the only company of a cell.
    """

    cell: int
    move: float
    measure: int = 0
    held: frozenset[int] = frozenset()


class Proofs:
    """The proof of each need, and which needs rest on a cell."""

    def __init__(self, needs: int, cells: int) -> None:
        self.of: list[Integers | None] = [None] * needs
        self.uses: list[set[int]] = [set() for _ in range(cells)]
        self._journal: list[tuple[int, Integers | None]] | None = None

    def file(self, number: int, cells: Integers) -> None:
        """Let a need be proved by moving these cells."""
        before = self.of[number]
        if self._journal is not None:
            self._journal.append((number, before))
        self._link(number, before, cells)

    def _link(self, number: int, before: Integers | None, cells: Integers | None) -> None:
        if before is not None:
            for cell in before.tolist():
                self.uses[cell].discard(number)
        self.of[number] = cells
        if cells is not None:
            for cell in cells.tolist():
                self.uses[cell].add(number)

    def journal(self) -> None:
        """Remember from now on which proofs are replaced."""
        self._journal = []

    def roll_back(self, keep: bool) -> None:
        """Forget the journal; unless `keep`, return to the proofs before it."""
        if not keep:
            for number, before in reversed(self._journal or []):
                self._link(number, self.of[number], before)
        self._journal = None

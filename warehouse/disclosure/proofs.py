"""What is proved by what: for every need the deviation that proves it, and the way back."""

from dataclasses import dataclass

from warehouse.disclosure.deviation import Deviation


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
        self.of: list[Deviation | None] = [None] * needs
        self.uses: list[set[int]] = [set() for _ in range(cells)]
        self._journal: list[tuple[int, Deviation | None]] | None = None

    def file(self, number: int, found: Deviation) -> None:
        """Let a need be proved by a deviation."""
        before = self.of[number]
        if self._journal is not None:
            self._journal.append((number, before))
        self._link(number, before, found)

    def _link(self, number: int, before: Deviation | None, found: Deviation | None) -> None:
        if before is not None:
            for cell in before.cells.tolist():
                self.uses[cell].discard(number)
        self.of[number] = found
        if found is not None:
            for cell in found.cells.tolist():
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

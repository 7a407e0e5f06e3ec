"""The cells of all tables of a release and the equations between them, as one system.

A cell is a combination of codes, one per dimension. In every dimension a parent is the sum of its children, for every
combination of the other codes. A combination that is absent is a true zero that everybody knows.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

TOTAL = "_T"
Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]
Codes = tuple[str, ...]
Trees = Mapping[str, Mapping[str, str]]


class Tree:
    """One dimension: codes as numbers, the parent of each, and the families in which a code appears."""

    def __init__(self, parents: Mapping[str, str]) -> None:
        """Number the codes of `{child: parent}`; the root is `_T`."""
        self.codes = [TOTAL, *sorted(set(parents) | set(parents.values()) - {TOTAL})]
        self.number = {code: i for i, code in enumerate(self.codes)}
        self.parent = [-1] + [self.number[parents[code]] for code in self.codes[1:]]
        self.children: list[list[int]] = [[] for _ in self.codes]
        for child, parent in enumerate(self.parent):
            if parent >= 0:
                self.children[parent].append(child)

    def family(self, code: int, width: int) -> list[int]:
        """Return the codes around one: width 0 siblings and parent, 1 its children too, 2 the parent's family too."""
        parent = self.parent[code]
        found = {code, *self.children[code]} if parent < 0 or width else {code}
        if parent >= 0:
            found |= {parent, *self.children[parent]}
            if width > 1:
                found |= set(self.family(parent, 0))
        return sorted(found)


class System:
    """Cells, equations, and which cells lie around which."""

    def __init__(self, trees: Trees, cells: Sequence[Codes]) -> None:
        """Build from `{dimension: {child: parent}}` and the present cells, all margins among them."""
        self.trees = [Tree(parents) for parents in trees.values()]
        self.cells = list(cells)
        self.place = np.array(
            [[tree.number[code] for tree, code in zip(self.trees, cell, strict=True)] for cell in cells], dtype=np.int32
        ).reshape(len(cells), len(self.trees))
        self.grid = np.full([len(tree.codes) for tree in self.trees], -1, dtype=np.int32)
        self.grid[tuple(self.place.T)] = np.arange(len(cells), dtype=np.int32)
        self.equations = list(self._equations())
        self._index()

    def _equations(self) -> Iterable[list[int]]:
        """Yield one list per equation: the parent, then its children."""
        for cell, place in enumerate(self.place):
            for dimension, tree in enumerate(self.trees):
                children = tree.children[place[dimension]]
                if children:
                    where = [[code] for code in place]
                    where[dimension] = children
                    found = self.grid[np.ix_(*where)].ravel()
                    # A table that has no breakdown at all here says nothing; an absent sibling among others is a zero.
                    if (found >= 0).any():
                        yield [cell, *found[found >= 0].tolist()]

    def _index(self) -> None:
        """Keep the matrix by columns: the equations of each cell and the sign in each."""
        entries = [(cell, row, 1.0 if k else -1.0) for row, e in enumerate(self.equations) for k, cell in enumerate(e)]
        entries.sort()
        counts = np.bincount([cell for cell, _, _ in entries], minlength=len(self.cells)) if entries else np.zeros(0)
        self.start = np.zeros(len(self.cells) + 1, dtype=np.int32)
        self.start[1 : len(counts) + 1] = np.cumsum(counts)
        self.rows = np.array([row for _, row, _ in entries], dtype=np.int32)
        self.signs = np.array([sign for _, _, sign in entries], dtype=np.float64)

    def entries(self, cells: Integers) -> tuple[Integers, Integers, Floats]:
        """Return number of entries, equations and signs of some cells."""
        counts = self.start[cells + 1] - self.start[cells]
        before = np.cumsum(counts) - counts
        where = np.repeat(self.start[cells] - before, counts) + np.arange(counts.sum(), dtype=np.int32)
        return counts, self.rows[where], self.signs[where]

    def around(self, cell: int, width: int) -> Integers:
        """Return the cells around one (see `Tree.family`), in order; width 3 and more is everything."""
        if width > 2:
            return np.arange(len(self.cells), dtype=np.int32)
        families = [tree.family(int(code), width) for tree, code in zip(self.trees, self.place[cell], strict=True)]
        found = self.grid[np.ix_(*families)].ravel()
        return np.sort(found[found >= 0])

    def neighbours(self, cell: int) -> list[int]:
        """Return the cells that share an equation with one."""
        _, rows, _ = self.entries(np.array([cell], dtype=np.int32))
        return sorted({other for row in rows for other in self.equations[row]} - {cell})

    def contains(self, upper: int, lower: int) -> bool:
        """Whether the first cell includes the second: an ancestor or the same in every dimension."""
        return all(
            self._leads_up(tree, int(child), int(parent))
            for tree, child, parent in zip(self.trees, self.place[lower], self.place[upper], strict=True)
        )

    @staticmethod
    def _leads_up(tree: Tree, child: int, parent: int) -> bool:
        while child != parent and child >= 0:
            child = tree.parent[child]
        return child == parent


def with_margins(trees: Trees, leaves: Mapping[Codes, Sequence[float]]) -> dict[Codes, list[float]]:
    """Collect the contributions of every cell, margins included, from those of the finest cells."""
    collected: dict[Codes, list[float]] = {}
    for leaf, contributions in leaves.items():
        for cell in above(trees, leaf):
            collected.setdefault(cell, []).extend(contributions)
    return collected


def above(trees: Trees, leaf: Codes) -> list[Codes]:
    """Return a combination of codes and every combination that contains it."""
    found: list[Codes] = [()]
    for parents, code in zip(trees.values(), leaf, strict=True):
        line = [code]
        while line[-1] in parents:
            line.append(parents[line[-1]])
        found = [(*cell, c) for cell in found for c in line]
    assert all(a != b for a, b in pairwise(found))
    return found

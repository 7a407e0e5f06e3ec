"""Linear systems on bills of material: what one unit of a product takes of every other, cycles included (E07–E09)."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph
from scipy.sparse.linalg import splu

from warehouse.graph.economy import Floats, Ints

# A cycle that gives back less than a billionth of what goes round is no better than one that gives back nothing.
LARGEST_MULTIPLE = 1e9
_BLOCK = 256


@dataclass(frozen=True)
class Cycles:
    """Which products contain themselves, one entry per product, shape (n,).

    Attributes:
        group: Number of the cycle that the product is part of; -1 if it is part of none.
        is_refused: Whether the cycle takes at least as much as it makes, so that no amount solves it.
    """

    group: Ints
    is_refused: np.ndarray[tuple[int], np.dtype[np.bool_]]


class Requirements:
    """The system x = own + A·x of n products, where A[p, j] is how much of input j goes into one unit of product p."""

    def __init__(self, n: int, product: Ints, part: Ints, amount: Floats) -> None:
        """Look for cycles and factorise what can be solved.

        Args:
            n: Number of products, numbered from 0.
            product: Product of each line, shape (m,).
            part: Input of each line, shape (m,); lines with the same product and input add up.
            amount: Amount of the input per unit of the product, shape (m,), not negative.
        """
        self.n = n
        needs = sparse.csr_matrix((amount, (product, part)), shape=(n, n))
        needs.eliminate_zeros()
        self.cycles = find_cycles(needs)
        # Products of a refused cycle have no amount of their own, and nobody can be told what they take.
        kept = sparse.diags((~self.cycles.is_refused).astype(np.float64))
        self.matrix = sparse.csc_matrix(sparse.identity(n) - kept @ needs @ kept)
        self._solver = splu(self.matrix) if n else None

    def total(self, own: Floats) -> Floats:
        """Return own amounts plus those of all inputs, per unit of each product, nan where the cycle is refused.

        Args:
            own: What each product adds by itself, shape (n,) or (n, k).
        """
        if self._solver is None:
            return own
        found: Floats = self._solver.solve(np.where(_columns(self.cycles.is_refused, own), 0.0, own))
        return np.where(_columns(self.cycles.is_refused, own), np.nan, found)

    def half_width(self, errors: sparse.csr_matrix) -> Floats:
        """Return the half-width of each total, shape (n,), where every column of `errors` is one independent error.

        An error that reaches a product by several ways adds up before it is squared (U1). One solution per column.

        Args:
            errors: Half-width that an error adds to one unit of a product directly, shape (n, e).
        """
        squares = np.zeros(self.n)
        columns = errors.tocsc()
        for first in range(0, columns.shape[1], _BLOCK):
            reached = self.total(columns[:, first : first + _BLOCK].toarray())
            squares += (reached**2).sum(axis=1)
        return np.sqrt(squares)


def find_cycles(needs: sparse.csr_matrix) -> Cycles:
    """Find products that contain themselves, and the cycles that need no less than they make.

    Args:
        needs: Amount of input j in one unit of product p at [p, j], shape (n, n), not negative.

    Source: Hawkins and Simon (1949) – amounts exist for every demand if and only if some amounts cover all own needs;
    then the solution of (I − A)·x = 1 is positive.
    """
    n = needs.shape[0]
    count, label = csgraph.connected_components(needs, connection="strong") if n else (0, np.empty(0, np.int64))
    in_cycle = (np.bincount(label, minlength=count)[label] > 1) | (needs.diagonal() != 0)
    refused = np.zeros(n, dtype=bool)
    members = np.flatnonzero(in_cycle)
    for group in np.split(members[np.argsort(label[members], kind="stable")], _ends(np.sort(label[members]))):
        if len(group):
            refused[group] = not _is_productive(needs[group][:, group])
    return Cycles(np.where(in_cycle, label, -1).astype(np.int64), refused)


def _is_productive(needs: sparse.csr_matrix) -> bool:
    try:
        found = splu(sparse.csc_matrix(sparse.identity(needs.shape[0]) - needs)).solve(np.ones(needs.shape[0]))
    except RuntimeError:
        return False  # The factorisation says so of a system that is exactly singular.
    return bool(np.isfinite(found).all() and found.min() > 0 and found.max() < LARGEST_MULTIPLE)


def _ends(labels: Ints) -> Ints:
    return (np.flatnonzero(np.diff(labels)) + 1).astype(np.int64)


def _columns(
    rows: np.ndarray[tuple[int], np.dtype[np.bool_]], like: Floats
) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    return rows if like.ndim == 1 else rows[:, None]

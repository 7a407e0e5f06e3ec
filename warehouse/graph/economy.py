"""The network as a cascade reads it: numbered companies, sales between them, and how much they need each other."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

NEGLIGIBLE, NON_ESSENTIAL, ESSENTIAL = 0, 1, 2


@dataclass(frozen=True)
class Economy:
    """Sales between n companies, and how much each buyer needs each input.

    Attributes:
        n: Number of companies.
        source, target, sales: Supplier, buyer and value (EUR) of each edge, shape (m,).
        product: Product (sector) of each company, numbered from 0, shape (n,).
        need: 0 negligible, 1 non-essential, 2 essential, per edge, shape (m,).
        closed: Edges on which nothing moves any more, shape (m,); none by default.
    """

    n: int
    source: Ints
    target: Ints
    sales: Floats
    product: Ints
    need: Ints
    closed: Flags | None = None

    @property
    def output_share(self) -> Floats:
        """Share of each company in all sales, shape (n,)."""
        return np.asarray(np.bincount(self.source, weights=self.sales, minlength=self.n) / self.sales.sum())

"""The economic systemic risk index (R20): what the network loses if one company stops."""

from dataclasses import dataclass, replace

import numpy as np

from warehouse.graph.cascade import run_cascade
from warehouse.graph.economy import ESSENTIAL, NEGLIGIBLE, NON_ESSENTIAL, Economy, Floats, Ints

# Up to here every company is tried; a larger network tries the companies with the largest sales only.
ALL_UP_TO = 2_000
LARGEST = 1_000
_CELLS = 4_000_000


@dataclass(frozen=True)
class SystemicRisk:
    """Index of the tried companies, 0-1; `firms` holds their numbers, the other fields have its shape.

    `linear` and `essential` are the variants in which no input or every input is essential (U6).
    """

    firms: Ints
    value: Floats
    linear: Floats
    essential: Floats


def systemic_risk(economy: Economy, eps: float = 1e-6, max_iter: int = 200) -> SystemicRisk:
    """Try the loss of each company, or of the largest ones in a large network."""
    firms = np.arange(economy.n)
    if economy.n > ALL_UP_TO:
        firms = np.sort(np.argsort(-economy.output_share, kind="stable")[:LARGEST])
    needed = economy.need != NEGLIGIBLE
    linear = replace(economy, need=np.where(needed, NON_ESSENTIAL, NEGLIGIBLE))
    essential = replace(economy, need=np.where(needed, ESSENTIAL, NEGLIGIBLE))
    runs = [esri(case, firms, eps, max_iter) for case in (economy, linear, essential)]
    return SystemicRisk(firms, *runs)


def esri(
    economy: Economy, firms: Ints, eps: float = 1e-6, max_iter: int = 200, weight: Floats | None = None,
    market: Ints | None = None,
) -> Floats:  # fmt: skip
    """Return the index of each company in `firms`, shape (len(firms),).

    Args:
        economy: The network.
        firms: Numbers of the companies that are lost, one at a time.
        eps: Largest fall that counts as settled.
        max_iter: Rounds after which to stop in any case.
        weight: Weight of each company, shape (n,), adding up to 1; by default its share in all sales.
        market: Market of each company, if lost suppliers can be replaced.
    """
    shares = economy.output_share if weight is None else weight
    values = np.empty(len(firms))
    block = max(1, _CELLS // max(economy.n, len(economy.sales) // 8))
    for first in range(0, len(firms), block):
        lost = firms[first : first + block]
        capacity = np.ones((economy.n, len(lost)))
        capacity[lost, np.arange(len(lost))] = 0
        outcome = run_cascade(economy, capacity, eps, max_iter, market)
        values[first : first + block] = shares @ (1 - outcome.remaining)
    return values

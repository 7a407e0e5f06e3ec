"""How a loss of capacity spreads through a supply network, down to buyers and up to suppliers (R20, R21).

Diem, Borsos, Reisch, Kertesz, Thurner (2022), "Quantifying firm-level economic systemic risk from nation-wide supply
networks", Scientific Reports 12:7719 (golden G10). Many shocks run at once, as columns of one matrix.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from warehouse.graph.economy import ESSENTIAL, NON_ESSENTIAL, Economy, Flags, Floats, Ints


@dataclass(frozen=True)
class Outcome:
    """What remains: capacity 0-1 seen from inputs and from sales, shape (n, shocks), and rounds until all settled."""

    downstream: Floats
    upstream: Floats
    iterations: int

    @property
    def remaining(self) -> Floats:
        """The smaller of both."""
        return np.minimum(self.downstream, self.upstream)


def run_cascade(
    economy: Economy, capacity: Floats, eps: float = 1e-6, max_iter: int = 200, market: Ints | None = None
) -> Outcome:
    """Spread shocks until no company loses more than `eps` in a round.

    Args:
        economy: The network before the shock.
        capacity: Remaining capacity right after the shock, 0-1, shape (n, shocks).
        eps: Largest fall that counts as settled.
        max_iter: Rounds after which to stop in any case.
        market: Market of each company, shape (n,), if a supplier can be replaced by what its market has left.

    Raises:
        ValueError: `capacity` has another number of rows than there are companies.
    """
    if capacity.ndim != 2 or len(capacity) != economy.n:
        raise ValueError(f"capacity needs {economy.n} rows and one column per shock, not shape {capacity.shape}")
    inputs, others, sales = _downstream(economy, True), _downstream(economy, False), _upstream(economy)
    down, up = capacity.copy(), capacity.copy()
    rounds, active = 0, np.arange(capacity.shape[1])
    # A shock that has settled rests, so that no result depends on the shocks it runs together with.
    while active.size and rounds < max_iter:
        old_down, old_up, ceiling = down[:, active], up[:, active], capacity[:, active]
        lost = 1 - old_down
        if market is not None:
            lost = lost * _irreplaceable(economy, old_down, market)
        left = np.minimum(1 - others.loss(lost), _worst_input(inputs, lost, economy.n))
        down[:, active] = np.clip(np.minimum(left, ceiling), 0, None)
        up[:, active] = np.clip(np.minimum(1 - sales.loss(1 - old_up), ceiling), 0, None)
        fall = np.maximum((old_down - down[:, active]).max(axis=0), (old_up - up[:, active]).max(axis=0))
        rounds, active = rounds + 1, active[fall > eps]
    return Outcome(down, up, rounds)


@dataclass(frozen=True)
class _Weights:
    """Weights of open edges as a matrix (rows, n), and what closed edges take away for good, shape (rows, 1)."""

    matrix: sparse.csr_matrix
    closed: Floats
    owner: Ints

    def loss(self, lost: Floats) -> Floats:
        return np.asarray(self.matrix @ lost) + self.closed


def _weights(
    economy: Economy, rows: Ints, columns: Ints, values: Floats, n_rows: int, owner: Ints, used: Flags
) -> _Weights:
    shut = used & (economy.closed if economy.closed is not None else np.zeros(len(used), dtype=bool))
    flows = used & ~shut
    matrix = sparse.csr_matrix((values[flows], (rows[flows], columns[flows])), shape=(n_rows, economy.n))
    return _Weights(
        matrix, np.bincount(rows[shut], weights=values[shut], minlength=n_rows).astype(np.float64)[:, None], owner
    )


def _downstream(economy: Economy, essential: bool) -> _Weights:
    """One row per buyer and essential product, or one row per buyer for all that is not essential."""
    if not essential:
        received = np.bincount(economy.target, weights=economy.sales, minlength=economy.n)[economy.target]
        used = (economy.need == NON_ESSENTIAL) & (received > 0)
        values = np.divide(economy.sales, received, out=np.zeros_like(economy.sales), where=received > 0)
        return _weights(economy, economy.target, economy.source, values, economy.n, np.arange(economy.n), used)
    key = economy.target * (int(economy.product.max(initial=0)) + 1) + economy.product[economy.source]
    cells, rows = np.unique(key, return_inverse=True)
    received = np.bincount(rows, weights=economy.sales, minlength=len(cells))[rows]
    values = np.divide(economy.sales, received, out=np.zeros_like(economy.sales), where=received > 0)
    used = (economy.need == ESSENTIAL) & (received > 0)
    owner = (cells // (int(economy.product.max(initial=0)) + 1)).astype(np.int64)
    return _weights(economy, rows.astype(np.int64), economy.source, values, len(cells), owner, used)


def _upstream(economy: Economy) -> _Weights:
    sold = np.bincount(economy.source, weights=economy.sales, minlength=economy.n)[economy.source]
    values = np.divide(economy.sales, sold, out=np.zeros_like(economy.sales), where=sold > 0)
    return _weights(economy, economy.source, economy.target, values, economy.n, np.arange(economy.n), sold > 0)


def _worst_input(inputs: _Weights, lost: Floats, n: int) -> Floats:
    """Return what the scarcest essential input leaves, shape (n, shocks); 1 where nothing is essential."""
    left = np.ones((n, lost.shape[1]))
    if len(inputs.owner):
        starts = np.flatnonzero(np.diff(inputs.owner, prepend=-1))
        left[inputs.owner[starts]] = np.minimum.reduceat(1 - inputs.loss(lost), starts, axis=0)
    return left


def _irreplaceable(economy: Economy, down: Floats, market: Ints) -> Floats:
    """Return the share of a supplier's loss that its market cannot make up for, shape (n, shocks)."""
    output = np.bincount(economy.source, weights=economy.sales, minlength=economy.n)
    members = sparse.csr_matrix((np.ones(economy.n), (market, np.arange(economy.n))))
    left = np.asarray(members @ (output[:, None] * down))[market]
    held = np.broadcast_to(output[:, None], left.shape)
    return np.asarray(np.minimum(1, np.divide(held, left, out=np.ones_like(left), where=left > 0)))

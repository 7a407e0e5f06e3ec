"""Random bills of material and a plain second implementation of their footprints: dense matrices, summed step by step."""

import random
from dataclasses import dataclass, field

import networkx as nx
import numpy as np
import numpy.typing as npt

SIZE, STEPS = 7, 500


@dataclass
class Bill:
    """Own emissions, inputs that are made, known leaves (quantity, emission, primary share) and missing quantities."""

    direct: list[float]
    made: dict[tuple[int, int], float] = field(default_factory=dict)
    declared: dict[int, tuple[float, float, float | None]] = field(default_factory=dict)
    factor: dict[int, float] = field(default_factory=dict)
    missing: dict[int, float] = field(default_factory=dict)


def draw(rng: random.Random) -> Bill:
    """Draw a bill with tiers, shared inputs and often a cycle; cycles whose solution is ill-conditioned are drawn anew."""
    while True:
        bill = Bill([rng.choice((0.0, 0.4, 1.1, rng.uniform(0, 3))) for _ in range(SIZE)])
        for product in range(SIZE):
            for part in range(product + 1, SIZE):
                if rng.random() < 0.45:
                    bill.made[product, part] = rng.uniform(0.05, 1.5)
            if rng.random() < 0.4:
                bill.declared[product] = (
                    rng.uniform(0.1, 2),
                    rng.uniform(-0.3, 3),
                    rng.choice((None, 0.0, 40.0, 90.0)),
                )
            if rng.random() < 0.4:
                bill.factor[product] = rng.uniform(0.1, 1)
            if rng.random() < 0.15:
                bill.missing[product] = rng.choice((0.001, 0.05, 0.4))
        if rng.random() < 0.5:
            product = rng.randrange(SIZE)
            bill.made[product, rng.randrange(product + 1)] = rng.uniform(0.05, 1.2)
        if not any(0.9 < radius < 1.1 for radius in _radii(bill).values()):
            return bill


def _needs(bill: Bill) -> npt.NDArray[np.float64]:
    needs = np.zeros((SIZE, SIZE))
    for (product, part), quantity in bill.made.items():
        needs[product, part] = quantity
    return needs


def _radii(bill: Bill) -> dict[int, float]:
    """Spectral radius of the cycle of each product that contains itself."""
    needs, radii = _needs(bill), dict[int, float]()
    for group in nx.strongly_connected_components(nx.from_numpy_array(needs, create_using=nx.DiGraph)):
        rows = sorted(group)
        if len(rows) > 1 or needs[rows[0], rows[0]]:
            radius = float(max(abs(np.linalg.eigvals(needs[np.ix_(rows, rows)]))))
            radii |= dict.fromkeys(rows, radius)
    return radii


@dataclass(frozen=True)
class Answer:
    """Footprint and primary data share of each product; what cannot be said has its status."""

    value: npt.NDArray[np.float64]
    primary: npt.NDArray[np.float64]
    status: list[str]


def solve(bill: Bill, factor: float, gap_max: float = 0.05) -> Answer:
    """Sum the tiers step by step until nothing changes (Neumann series)."""
    needs, refused = _needs(bill), {product for product, radius in _radii(bill).items() if radius > 1}
    lost = dict(bill.missing)
    for product, part in bill.made:
        if part in refused and product not in refused:
            lost[product] = lost.get(product, 0) + needs[product, part]
    for product in refused:
        needs[product, :] = needs[:, product] = 0
    leaves = [_leaves(bill, product, factor) for product in range(SIZE)]
    value = _series(
        needs, np.array([own + sum(e for _, e, _ in leaf) for own, leaf in zip(bill.direct, leaves, strict=True)])
    )
    sizes, primary, gaps = np.zeros(SIZE), np.zeros(SIZE), np.zeros(SIZE)
    weights, is_open = np.zeros((SIZE, SIZE)), np.zeros(SIZE)
    for product in range(SIZE):
        passed = needs[product] * np.abs(value)
        inputs = passed.sum() + sum(abs(e) for _, e, _ in leaves[product])
        sizes[product] = inputs + abs(bill.direct[product])
        amount = needs[product].sum() + sum(q for q, _, _ in leaves[product])
        gaps[product] = lost.get(product, 0) * inputs / amount if amount else 0
        is_open[product] = float(product in lost and not amount)
        if sizes[product]:
            own = 100 * abs(bill.direct[product]) + sum(abs(e) * share for _, e, share in leaves[product])
            primary[product], weights[product] = own / sizes[product], passed / sizes[product]
    gap, opened = _series(needs, gaps), _series(needs, is_open)
    status = []
    for product in range(SIZE):
        parts = [*(needs[product] * gap), gaps[product]]
        whole = sizes[product] + sum(parts)
        large = [part / whole for part in parts if whole and part / whole > gap_max]
        status.append(
            "undefined" if product in refused else "insufficient_coverage" if opened[product] or large else "ok"
        )
    return Answer(value, _series(weights, primary), status)


def _leaves(bill: Bill, product: int, factor: float) -> list[tuple[float, float, float]]:
    found = [(bill.factor[product], bill.factor[product] * factor, 0.0)] if product in bill.factor else []
    if product in bill.declared:
        quantity, emission, share = bill.declared[product]
        found.append((quantity, quantity * emission, share or 0.0))
    return found


def _series(needs: npt.NDArray[np.float64], own: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    total = own.copy()
    for _ in range(STEPS):
        total = own + needs @ total
    return total

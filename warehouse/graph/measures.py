"""Position of companies in the directed supplier → buyer graph: R16, and what R17 and R18 read."""

from dataclasses import dataclass

import igraph
import numpy as np
import numpy.typing as npt
from scipy import sparse

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

REMOVED_SHARE = 0.10
SEED = 2020
# Brandes costs nodes x edges. Beyond the budget (a minute or so) a large network is estimated from sampled sources.
BUDGET = 4_000_000_000
FEWEST_DRAWS = 20
_BLOCK = 512


@dataclass(frozen=True)
class Measures:
    """One entry per node, shape (n,).

    Attributes:
        betweenness: Shortest-path betweenness divided by (n-1)(n-2), 0-1; nan if n < 3.
        low, high: Smallest and largest of the point and of the draws with edges removed; nan without draws.
        undirected: The same on the undirected graph, divided by (n-1)(n-2)/2.
        upstream_depth: Steps to the farthest known supplier, along shortest paths.
        reached_share: Share of all sales made by the node and by everybody downstream of it, 0-1.
        is_sampled: Whether betweenness is an estimate from sampled sources.
    """

    betweenness: Floats
    low: Floats
    high: Floats
    undirected: Floats
    upstream_depth: Ints
    reached_share: Floats
    is_sampled: bool


def graph_measures(n: int, source: Ints, target: Ints, sales: Floats, draws: int = 200) -> Measures:
    """Measure all nodes of one year.

    Args:
        n: Number of nodes, numbered from 0.
        source: Supplier of each edge, shape (m,); at most one edge per pair and no loops.
        target: Buyer of each edge, shape (m,).
        sales: Value of each edge in EUR, shape (m,).
        draws: Random removals of 10 % of the edges (U6), with a fixed seed.

    Source: Freeman (1977) for betweenness; catalogue R16-R18.
    """
    edges = np.column_stack([source, target])
    rng = np.random.default_rng(SEED)
    point, is_sampled = _betweenness(n, edges, True, rng)
    affordable = min(draws, int(BUDGET // max(n * len(edges), 1)))
    runs = [point]
    for _ in range(affordable if affordable >= min(FEWEST_DRAWS, draws) else 0):
        kept = edges[rng.random(len(edges)) >= REMOVED_SHARE]
        runs.append(_betweenness(n, kept, True, rng)[0])
    spread = np.array(runs) if len(runs) > 1 else np.full((1, n), np.nan)
    graph = igraph.Graph(n=n, edges=edges, directed=True)
    return Measures(
        point, spread.min(axis=0), spread.max(axis=0), _betweenness(n, edges, False, rng)[0],
        np.array(graph.eccentricity(mode="in"), dtype=np.int64), reached_share(n, source, target, sales), is_sampled,
    )  # fmt: skip


def reached_share(n: int, source: Ints, target: Ints, sales: Floats) -> Floats:
    """Return the share of all sales made by each node and everybody downstream of it, shape (n,); nan without sales."""
    output = np.bincount(source, weights=sales, minlength=n)
    links = sparse.csr_matrix((np.ones(len(source), dtype=bool), (source, target)), shape=(n, n))
    shares = np.empty(n)
    for first in range(0, n, _BLOCK):
        nodes = np.arange(first, min(first + _BLOCK, n))
        seen = sparse.csr_matrix(
            (np.ones(len(nodes), dtype=bool), (np.arange(len(nodes)), nodes)), shape=(len(nodes), n)
        )
        found = 0
        while seen.nnz > found:
            found = seen.nnz
            seen = (seen + seen @ links).astype(bool)
        shares[nodes] = seen.astype(np.float64) @ output
    total = output.sum()
    return shares / total if total > 0 else np.full(n, np.nan)


def _betweenness(n: int, edges: Ints, directed: bool, rng: np.random.Generator) -> tuple[Floats, bool]:
    pairs = (n - 1) * (n - 2) / (1 if directed else 2)
    if pairs <= 0:
        return np.full(n, np.nan), False
    graph = igraph.Graph(n=n, edges=edges, directed=directed)
    if not directed:
        graph.simplify()
    pivots = int(BUDGET // max(len(edges), 1))
    if pivots >= n:
        return np.array(graph.betweenness(directed=directed)) / pairs, False
    chosen = np.sort(rng.choice(n, size=max(pivots, 1), replace=False))
    sums = np.array(graph.betweenness(directed=directed, sources=chosen.tolist()))
    return sums * (n / len(chosen)) / pairs, True

"""Network measures against second implementations: networkx and plain loops on 200 random networks, and the goldens."""

from typing import Any

import networkx as nx
import numpy as np
import pytest

from tests.golden.harness import Models, models  # noqa: F401
from warehouse.graph.cascade import run_cascade
from warehouse.graph.economy import Economy
from warehouse.graph.measures import graph_measures
from warehouse.graph.systemic_risk import esri

NETWORKS = 200
SMALL = ((3, 6), (4, 6), (4, 7), (5, 7), (6, 1), (6, 2), (7, 10), (7, 11), (8, 1), (8, 2), (9, 11))
SECTORS = np.array([1, 1, 2, 2, 2, 3, 3, 4, 4, 5, 5]) - 1
LEONTIEF = "0.272727 0.272727 0.181818 0.363636 0.181818 0.363636 0.363636 0.181818 0.090909 0.181818 0.272727"
REPLACED = "0.272727 0.272727 0.121212 0.363636 0.121212 0.363636 0.363636 0.181818 0.090909 0.181818 0.272727"
LINEAR = "0.277778 0.277778 0.166667 0.333333 0.166667 0.333333 0.333333 0.222222 0.111111 0.166667 0.277778"
KITE = (
    (0, 1), (0, 2), (0, 3), (0, 5), (1, 3), (1, 4), (1, 6), (2, 3), (2, 5), (3, 4), (3, 5), (3, 6), (4, 6), (5, 6),
    (5, 7), (6, 7), (7, 8), (8, 9),
)  # fmt: skip
KITE_BETWEENNESS = [0.023, 0.023, 0, 0.102, 0, 0.231, 0.231, 0.389, 0.222, 0]


def _small(need: int) -> Economy:
    source, target = (np.array([edge[end] - 1 for edge in SMALL]) for end in (0, 1))
    return Economy(11, source, target, np.ones(11), SECTORS, np.full(11, need))


def _random(seed: int) -> Economy:
    rng = np.random.default_rng(seed)
    n = int(rng.integers(3, 16))
    pairs = [(a, b) for a in range(n) for b in range(n) if a != b and rng.random() < 0.25] or [(0, 1)]
    source, target = np.array(pairs).T
    products = rng.integers(0, 4, n)
    return Economy(n, source, target, rng.lognormal(0, 1, len(pairs)), products, rng.integers(0, 3, len(pairs)))


@pytest.mark.parametrize(("need", "market", "expected"), [(2, None, LEONTIEF), (2, SECTORS, REPLACED)])
def test_golden_g10_all_inputs_essential(need: int, market: Any, expected: str) -> None:
    found = esri(_small(need), np.arange(11), eps=1e-10, market=market)
    assert found == pytest.approx([float(number) for number in expected.split()], abs=1e-6)


def test_golden_g10_no_input_essential_and_the_loss_of_supplier_3() -> None:
    economy = _small(1)
    weight = np.maximum(np.bincount(economy.source, minlength=11), np.bincount(economy.target, minlength=11)) / 18
    found = esri(economy, np.arange(11), eps=1e-10, weight=weight)
    assert found == pytest.approx([float(number) for number in LINEAR.split()], abs=1e-6)
    capacity = np.ones((11, 1))
    capacity[2] = 0
    outcome = run_cascade(economy, capacity, eps=1e-10)
    assert 1 - outcome.downstream[:, 0] == pytest.approx([0.25, 0.25, 1, 0, 0, 0.5, 0, 0, 0, 0, 0])
    assert float(weight @ (1 - outcome.remaining[:, 0])) == pytest.approx(0.166667, abs=1e-6)


def test_anchor_a5_kite_graph() -> None:
    source, target = np.array(KITE).T
    found = graph_measures(10, source, target, np.ones(len(KITE)), draws=0)
    assert found.undirected == pytest.approx(KITE_BETWEENNESS, abs=0.0005)


@pytest.mark.parametrize("seed", range(0, NETWORKS, 20))
def test_graph_measures_agree_with_networkx(seed: int) -> None:
    for number in range(seed, seed + 20):
        economy = _random(number)
        graph = nx.DiGraph(zip(economy.source.tolist(), economy.target.tolist(), strict=True))
        graph.add_nodes_from(range(economy.n))
        found = graph_measures(economy.n, economy.source, economy.target, economy.sales, draws=3)
        names = range(economy.n)
        expected = nx.betweenness_centrality(graph, normalized=True)
        assert found.betweenness == pytest.approx([expected[node] for node in names], abs=1e-12)
        expected = nx.betweenness_centrality(graph.to_undirected(), normalized=True)
        assert found.undirected == pytest.approx([expected[node] for node in names], abs=1e-12)
        reverse = graph.reverse()
        depths = [max(nx.single_source_shortest_path_length(reverse, node).values()) for node in names]
        assert found.upstream_depth.tolist() == depths
        sold = np.bincount(economy.source, weights=economy.sales, minlength=economy.n)
        reached = [sold[sorted(nx.descendants(graph, node) | {node})].sum() / sold.sum() for node in names]
        assert found.reached_share == pytest.approx(reached)
        assert (found.low <= found.betweenness).all()
        assert (found.high >= found.betweenness).all()


def _slow_esri(economy: Economy, lost: int) -> float:
    """The formulas of the catalogue, sum by sum, without any matrix."""
    edges = list(
        zip(economy.source.tolist(), economy.target.tolist(), economy.sales, economy.need.tolist(), strict=True)
    )
    n, product = economy.n, economy.product.tolist()
    psi = [0.0 if firm == lost else 1.0 for firm in range(n)]
    down, up = psi[:], psi[:]
    for _ in range(200):
        new_down, new_up = [], []
        for i in range(n):
            bought = [(j, w, need) for j, buyer, w, need in edges if buyer == i]
            limits = [psi[i]]
            for k in {product[j] for j, _, need in bought if need == 2}:
                total = sum(w for j, w, _ in bought if product[j] == k)
                limits.append(
                    1 - sum(w / total * (1 - down[j]) for j, w, need in bought if product[j] == k and need == 2)
                )
            everything = sum(w for _, w, _ in bought)
            limits.append(1 - sum(w / everything * (1 - down[j]) for j, w, need in bought if need == 1))
            new_down.append(max(0.0, min(limits)))
            sold = [(buyer, w) for j, buyer, w, _ in edges if j == i]
            total = sum(w for _, w in sold)
            new_up.append(max(0.0, min(psi[i], 1 - sum(w / total * (1 - up[b]) for b, w in sold))))
        settled = max(map(abs, np.subtract(down + up, new_down + new_up))) <= 1e-6
        down, up = new_down, new_up
        if settled:
            break
    share = economy.output_share
    return float(sum(share[i] * (1 - min(down[i], up[i])) for i in range(n)))


@pytest.mark.parametrize("seed", range(0, NETWORKS, 20))
def test_systemic_risk_agrees_with_plain_sums(seed: int) -> None:
    for number in range(seed, seed + 20):
        economy = _random(number)
        found = esri(economy, np.arange(economy.n))
        assert found == pytest.approx([_slow_esri(economy, firm) for firm in range(economy.n)], abs=1e-9)

"""Betweenness, depth and reach of each company and year; see warehouse/graph/measures.py."""

import pandas as pd

from warehouse.graph.measures import graph_measures
from warehouse.graph.networks import yearly


def model(dbt, session):
    """Betweenness and reach per company and year; see the YAML beside for the columns."""
    dbt.config(materialized="table")
    networks = yearly(dbt.ref("int_network_nodes").df(), dbt.ref("int_network_links").df())
    frames = [_of_year(network) for network in networks]
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=_COLUMNS).astype(_COLUMNS)


_COLUMNS = {
    "node_id": "string", "year": "int64", "betweenness": "float64", "betweenness_low": "float64",
    "betweenness_high": "float64", "betweenness_undirected": "float64", "upstream_depth": "int64",
    "reached_share": "float64", "is_sampled": "boolean", "n_nodes": "int64",
}  # fmt: skip


def _of_year(network):
    found = graph_measures(len(network.nodes), network.source, network.target, network.sales)
    return pd.DataFrame(
        {
            "node_id": network.nodes,
            "year": network.year,
            "betweenness": found.betweenness,
            "betweenness_low": found.low,
            "betweenness_high": found.high,
            "betweenness_undirected": found.undirected,
            "upstream_depth": found.upstream_depth,
            "reached_share": found.reached_share,
            "is_sampled": found.is_sampled,
            "n_nodes": len(network.nodes),
        }
    ).astype(_COLUMNS)

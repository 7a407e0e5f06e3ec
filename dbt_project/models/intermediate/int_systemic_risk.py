"""Economic systemic risk index of each company and year; see warehouse/graph/systemic_risk.py."""

import pandas as pd

from warehouse.graph.networks import yearly
from warehouse.graph.systemic_risk import systemic_risk

_COLUMNS = {
    "node_id": "string", "year": "int64", "esri": "float64", "esri_linear": "float64", "esri_essential": "float64",
    "n_nodes": "int64",
}  # fmt: skip


def model(dbt, session):
    """Systemic risk index per company and year; see the YAML beside for the columns."""
    dbt.config(materialized="table")
    parameters = dbt.ref("kpi_parameters").df().set_index("name")["value"]
    networks = yearly(dbt.ref("int_network_nodes").df(), dbt.ref("int_network_links").df())
    frames = [
        _of_year(network, float(parameters["esri_eps"]), int(parameters["esri_max_iter"])) for network in networks
    ]
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=_COLUMNS).astype(_COLUMNS)


def _of_year(network, eps, max_iter):
    found = systemic_risk(network.economy, eps, max_iter)
    return pd.DataFrame(
        {
            "node_id": [network.nodes[firm] for firm in found.firms],
            "year": network.year,
            "esri": found.value,
            "esri_linear": found.linear,
            "esri_essential": found.essential,
            "n_nodes": len(network.nodes),
        }
    ).astype(_COLUMNS)

"""Footprint of each made product from the amounts of all tiers; see warehouse/graph/footprints.py."""

import numpy as np
import pandas as pd
from scipy import sparse

from warehouse.graph.footprints import Requirements

_COLUMNS = {
    "year": "int64", "node_id": "string", "value": "float64", "half_width": "float64", "cycle_id": "int64",
    "is_refused": "boolean",
}  # fmt: skip


def model(dbt, session):
    """Footprint and half-width per made product and year; see the YAML beside for the columns."""
    dbt.config(materialized="table")
    components = dbt.ref("int_footprints__components").df()
    frames = [_of_year(year, rows) for year, rows in components.groupby("year", sort=True)]
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=_COLUMNS).astype(_COLUMNS)


def _of_year(year, rows):
    # The order of rows decides the last digits of sums: always the same one.
    rows = rows.sort_values(["node_id", "component_id", "error_id", "quantity"])
    nodes = pd.Index(sorted(rows["node_id"].unique()))
    lines = rows[(rows["source_kind"] == "made") & rows["quantity"].notna()]
    system = Requirements(
        len(nodes),
        nodes.get_indexer(lines["node_id"]).astype(np.int64),
        nodes.get_indexer(lines["input_node_id"]).astype(np.int64),
        lines["quantity"].to_numpy(dtype=np.float64),
    )
    known = rows[rows["unit_emission"].notna() & rows["quantity"].notna()]
    place = nodes.get_indexer(known["node_id"])
    emission = (known["quantity"] * known["unit_emission"]).to_numpy(dtype=np.float64)
    own = np.bincount(place, weights=emission, minlength=len(nodes))
    error, names = pd.factorize(known["error_id"], sort=True)
    width = np.abs(emission) * known["u_rel"].fillna(0).to_numpy(dtype=np.float64)
    errors = sparse.csr_matrix((width, (place, error)), shape=(len(nodes), len(names)))
    return pd.DataFrame(
        {
            "year": year,
            "node_id": nodes,
            "value": system.total(own),
            "half_width": system.half_width(errors),
            "cycle_id": system.cycles.group,
            "is_refused": system.cycles.is_refused,
        }
    ).astype(_COLUMNS)

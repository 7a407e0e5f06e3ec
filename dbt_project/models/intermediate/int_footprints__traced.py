"""Measures that products pass on to what they go into, along weighted links; see warehouse/graph/footprints.py."""

import numpy as np
import pandas as pd

from warehouse.graph.footprints import Requirements

_COLUMNS = {"year": "int64", "system": "string", "node_id": "string", "measure": "string", "amount": "float64"}


def model(dbt, session):
    """Own amount plus weight x amount of every input, per product, year and measure; see the YAML beside."""
    dbt.config(materialized="table")
    links = dict(list(dbt.ref("int_footprints__links").df().groupby(["year", "system"])))
    terms = dbt.ref("int_footprints__terms").df()
    frames = [_of_system(key, rows, links.get(key)) for key, rows in terms.groupby(["year", "system"], sort=True)]
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=_COLUMNS).astype(_COLUMNS)


def _of_system(key, terms, links):
    # The order of rows decides the last digits of sums: always the same one.
    wide = terms.pivot(index="node_id", columns="measure", values="amount").sort_index().fillna(0.0)
    lines = pd.DataFrame(columns=["node_id", "input_node_id", "weight"]) if links is None else links
    lines = lines[lines["node_id"].isin(wide.index) & lines["input_node_id"].isin(wide.index)]
    lines = lines.sort_values(["node_id", "input_node_id", "weight"])
    system = Requirements(
        len(wide),
        wide.index.get_indexer(lines["node_id"]).astype(np.int64),
        wide.index.get_indexer(lines["input_node_id"]).astype(np.int64),
        lines["weight"].to_numpy(dtype=np.float64),
    )
    found = pd.DataFrame(system.total(wide.to_numpy(dtype=np.float64)), index=wide.index, columns=wide.columns)
    long = found.rename_axis("node_id").reset_index().melt(id_vars="node_id", var_name="measure", value_name="amount")
    return long.assign(year=key[0], system=key[1])[list(_COLUMNS)].astype(_COLUMNS)

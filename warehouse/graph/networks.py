"""From tables of nodes and links to numbered networks, one per year."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from warehouse.graph.economy import Economy, Floats, Ints


@dataclass(frozen=True)
class Network:
    """The material network of a year; companies are numbered in the order of their ids.

    Attributes:
        year: Calendar year.
        nodes: Ids of the companies, sorted.
        attributes: country, region_code, sector, size_class and product of each company, in the order of `nodes`.
        source, target: Numbers of supplier and buyer of each link.
        sales: EUR of each link.
        need: 0 negligible, 1 non-essential, 2 essential, of each link.
    """

    year: int
    nodes: list[str]
    attributes: pd.DataFrame
    source: Ints
    target: Ints
    sales: Floats
    need: Ints

    @property
    def economy(self) -> Economy:
        """The same as the cascade reads it; companies without a known product share one."""
        product = pd.factorize(self.attributes["product"].fillna("_UNK"), sort=True)[0].astype(np.int64)
        return Economy(len(self.nodes), self.source, self.target, self.sales, product, self.need)


def yearly(nodes: pd.DataFrame, links: pd.DataFrame) -> Iterator[Network]:
    """Give the networks of all years that have links, oldest first.

    Args:
        nodes: Rows of int_network_nodes.
        links: Rows of int_network_links.
    """
    for year in sorted(links["year"].unique()):
        own = nodes[nodes["year"] == year].sort_values("node_id").reset_index(drop=True)
        ids = own["node_id"].astype(str).tolist()
        number = pd.Series(np.arange(len(ids)), index=ids)
        # The order of rows decides the last digits of sums: always the same one.
        edges = links[links["year"] == year].sort_values(["source_id", "target_id"])
        yield Network(
            int(year), ids, own,
            number.loc[edges["source_id"]].to_numpy(dtype=np.int64),
            number.loc[edges["target_id"]].to_numpy(dtype=np.int64),
            edges["spend_eur"].to_numpy(dtype=np.float64),
            edges["essentiality"].to_numpy(dtype=np.int64),
        )  # fmt: skip

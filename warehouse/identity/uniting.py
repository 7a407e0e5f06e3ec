"""From pairs to parties: connected records, unless that would put together what must stay apart."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

Ints = np.ndarray[tuple[int], np.dtype[np.int32]]
Blocked = dict[int, tuple[str, str]]


def components(
    ids: list[str], left: Iterable[str], right: Iterable[str]
) -> "np.ndarray[tuple[int], np.dtype[np.int32]]":
    """Number the connected components of records; one number per id."""
    place = {record: number for number, record in enumerate(ids)}
    ends = ([place[record] for record in left], [place[record] for record in right])
    found = connected_components(coo_array((np.ones(len(ends[0])), ends), shape=(len(ids), len(ids))), directed=False)
    return np.asarray(found[1], dtype=np.int32)


def unite(pairs: pd.DataFrame, exclusive: pd.DataFrame) -> Blocked:
    """Return which pairs may not be merged: row of `pairs` → (state, why).

    `pairs`: left_id, right_id, rule, state, strongest first. `exclusive`: record_id and the identifiers of which a
    party has one. Components without a contradiction are settled by the library; only the few others are walked pair by
    pair, from the strongest, so that the weakest link is the one that gives way.
    """
    merged = pairs[pairs["state"] == "merged"]
    apart = set(zip(*(pairs.loc[pairs["state"] == "apart", side] for side in ("left_id", "right_id")), strict=True))
    ids = exclusive["record_id"].tolist()
    number = dict(zip(ids, components(ids, merged["left_id"], merged["right_id"]).tolist(), strict=True))
    own = exclusive.set_index("record_id")
    doubtful = {number[a] for a, b in apart if number[a] == number[b]}
    for scheme in own.columns:
        held = own[scheme].dropna()
        kinds = held.groupby(held.index.map(number)).nunique()
        doubtful |= set(kinds[kinds > 1].index)
    inside = merged[merged["left_id"].map(number).isin(doubtful)]
    return _walk(inside, own, apart) if len(inside) else {}


def _walk(pairs: pd.DataFrame, own: pd.DataFrame, apart: set[tuple[str, str]]) -> Blocked:
    group: dict[str, set[str]] = {}
    held: dict[str, dict[str, set[str]]] = {}
    blocked: Blocked = {}
    for record in sorted(set(pairs["left_id"]) | set(pairs["right_id"])):
        group[record] = {record}
        held[record] = {scheme: {value} for scheme, value in own.loc[record].dropna().items()}
    for place, left, right, rule in zip(pairs.index, pairs["left_id"], pairs["right_id"], pairs["rule"], strict=True):
        one, other = group[left], group[right]
        if one is other:
            continue
        a, b = min(one), min(other)
        split = any((min(x, y), max(x, y)) in apart for x in one for y in other)
        clash = sorted(s for s in held[a].keys() & held[b].keys() if held[a][s] != held[b][s])
        if split or (clash and rule != "person"):
            why = "a person keeps them apart" if split else f"two different {' and '.join(clash)}"
            blocked[int(place)] = ("contradicted" if split else "review", why)
            continue
        joined = one | other
        held[min(joined)] = {s: held[a].get(s, set()) | held[b].get(s, set()) for s in held[a].keys() | held[b].keys()}
        group.update(dict.fromkeys(joined, joined))
    return blocked

"""Train `model.json` from pairs that people have labelled: `python -m warehouse.identity.training PAIRS.json`.

The file is in the format of the dedupe library ({"match": [...], "distinct": [...]} of record pairs). A third of the
pairs is never looked at here: `held_out` keeps it for measuring. Pairs that share a company or a text stay on one side.
m and u are counts with one added to each level. The labelled pairs are the doubtful ones of a search for candidates, so
u is of different *candidates*, and the prior is of a candidate; by random pairs any similarity would look like proof.
"""

import hashlib
import json
import sys
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from warehouse.identity.model import LEVELS, MODEL, Model
from warehouse.identity.scoring import score

VERSION = "1"
# What a candidate is worth before it is compared, below the share of equals among the labelled ones (0.44), because
# a search finds more strangers than people care to label. Thresholds by five-fold validation on the training share.
PRIOR, MERGE_AT, REVIEW_AT = 0.3, 0.8, 0.2


@dataclass(frozen=True)
class Pair:
    """Two records (name, address, country) and whether they are one."""

    left: tuple[str, str, str]
    right: tuple[str, str, str]
    is_match: bool


def labelled(path: Path) -> list[Pair]:
    """Read labelled pairs, each once, in an order that depends on nothing but their content."""
    raw: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    pairs = {_pair(pair["__value__"], label == "match") for label in ("match", "distinct") for pair in raw[label]}
    return sorted(pairs, key=lambda p: (p.left, p.right))


def _pair(records: list[dict[str, str]], is_match: bool) -> Pair:
    left, right = sorted((r["name"], r["address"], r["country"]) for r in records)
    return Pair(left, right, is_match)


def held_out(pairs: list[Pair]) -> tuple[list[Pair], list[Pair]]:
    """Split into (for training, held out: about a third) by whole families of pairs and a hash of their content."""
    apart = [number % 3 == 0 for number in families(pairs)]
    kept = [pair for pair, away in zip(pairs, apart, strict=True) if not away]
    return kept, [pair for pair, away in zip(pairs, apart, strict=True) if away]


def families(pairs: list[Pair]) -> list[int]:
    """Return a large number for each pair, the same for pairs that share a record, directly or through others."""
    record = {r: place for place, r in enumerate(sorted({r for p in pairs for r in (p.left, p.right)}))}
    ends = ([record[p.left] for p in pairs], [record[p.right] for p in pairs])
    labels = connected_components(coo_array(([1] * len(pairs), ends), shape=(len(record),) * 2), directed=False)[1]
    first = {int(label): repr(r) for r, label in reversed(list(zip(record, labels, strict=True)))}
    number = {label: int(hashlib.sha256(text.encode()).hexdigest(), 16) for label, text in first.items()}
    return [number[int(labels[record[p.left]])] for p in pairs]


def records_of(pairs: list[Pair]) -> tuple[pa.Table, dict[str, list[str]]]:
    """Return the records of pairs, and the pairs of each record, for `score`; pair number n has the ids n-a and n-b."""
    rows = [
        {"record_id": f"{place:05}-{side}", "kind": "site", "name": r[0], "address": r[1], "country": r[2]}
        for place, pair in enumerate(pairs)
        for side, r in (("a", pair.left), ("b", pair.right))
    ]
    return pa.Table.from_pylist(rows), {row["record_id"]: [row["record_id"][:5]] for row in rows}


def train(pairs: list[Pair]) -> Model:
    """Count how often each level occurs among equal and among different pairs."""
    even = {name: {label: 1 / len(levels) for label, _ in levels} for name, (_, levels) in LEVELS.items()}
    blank = Model(VERSION, PRIOR, MERGE_AT, REVIEW_AT, even, even)
    records, wanted = records_of(pairs)
    seen = score(records, blank, wanted).to_pylist()
    is_match = {f"{place:05}": pair.is_match for place, pair in enumerate(pairs)}
    sides = {side: [row for row in seen if is_match[row["left_id"][:5]] is side] for side in (True, False)}
    return replace(blank, m=_counted(sides[True]), u=_counted(sides[False]))


def _counted(rows: list[dict[str, Any]]) -> dict[str, dict[str, float]]:
    counted = {}
    for name, (_, levels) in LEVELS.items():
        known = [row[name] for row in rows if row[name] is not None]
        counted[name] = {k: round((known.count(k) + 1) / (len(known) + len(levels)), 4) for k, _ in levels}
    return counted


def main(path: Path) -> None:
    """Train on the pairs that are not held out and write the model."""
    kept, apart = held_out(labelled(path))
    MODEL.write_text(json.dumps(asdict(train(kept)), indent=1) + "\n", encoding="utf-8")
    print(f"trained on {len(kept)} pairs, {len(apart)} held out; wrote {MODEL.name}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""From records to pairs with a rule, a score, features, and what became of them.

Rules in their order: a person said so; the same checked identifier; the same own id at the same source; the same name,
address and country as written; likelihood. Records that contradict each other (two LEI, two ids of the network's own
register) are never merged by a machine, whatever else speaks for it: a person is asked.
"""

from dataclasses import dataclass
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from warehouse.identifiers import add_checks, broken_identifier
from warehouse.identity.features import features
from warehouse.identity.model import LEVELS, Model
from warehouse.identity.scoring import memory, score
from warehouse.identity.uniting import unite

# Column of a record and how it is checked; `network_id` is given out by the network's own register.
CHECKED = {
    "lei": "lei", "isin": "isin", "vat_id": "vat", "euid": "euid", "duns": "duns", "gln": "gln", "os_id": "os_id",
    "gtin": "gtin",
}  # fmt: skip
# One party has one of each of these; of the others (a security, a tax group, a place) it may have several.
EXCLUSIVE = ("network_id", "lei", "euid", "os_id")
IDENTIFIERS = ("network_id", *CHECKED)
RANK = {"person": 0, "identifier": 1, "own_id": 2, "as_written": 3, "likelihood": 4}
PAIR_COLUMNS = ("left_id", "right_id", "kind", "rule", "evidence", "score", *LEVELS, "state", "reason")


@dataclass(frozen=True)
class Thresholds:
    """What is merged and what is asked about."""

    merge_at: float
    review_at: float


def match(records: pd.DataFrame, decisions: pd.DataFrame, model: Model) -> pd.DataFrame:
    """Return the pairs that say something about who is who (`PAIR_COLUMNS`), sorted by ids.

    `records`: record_id, kind, source, own_id, name, address, country and `IDENTIFIERS`, all text, NULL = unknown.
    `decisions`: left_id, right_id, is_same, of people; the newest of a pair only.
    `state` is merged, review, apart or contradicted; the order of rows makes no difference.
    """
    connection = memory()
    _load(connection, records, decisions)
    scored = _likely(connection, model)
    connection.register("scored", scored)
    connection.execute(f"create table pairs as {_pairs(Thresholds(model.merge_at, model.review_at))}")
    pairs = connection.sql("select * from pairs order by rank, score desc, left_id, right_id").df()
    exclusive = connection.sql(f"select record_id, {', '.join(EXCLUSIVE)} from known order by record_id").df()
    blocked = unite(pairs, exclusive)
    pairs["state"] = [blocked.get(place, (state, ""))[0] for place, state in enumerate(pairs["state"])]
    pairs["reason"] = [_reason(row, blocked.get(place, ("", ""))[1]) for place, row in enumerate(_rows(pairs))]
    told: pd.DataFrame = pairs[list(PAIR_COLUMNS)].sort_values(["left_id", "right_id"], ignore_index=True)
    return told


def _rows(pairs: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {str(k): v for k, v in row.items()}
        for row in pairs.astype(object).where(pairs.notna(), None).to_dict("records")
    ]


def _load(connection: duckdb.DuckDBPyConnection, records: pd.DataFrame, decisions: pd.DataFrame) -> None:
    add_checks(connection, ["vat"])
    text = pa.schema([(c, pa.string()) for c in ("record_id", "kind", "source", "own_id", "name", "address", "country",
                                                 *IDENTIFIERS)])  # fmt: skip
    connection.register("given", pa.Table.from_pandas(records[text.names], text, preserve_index=False))
    # An identifier that fails its check proves nothing: it is as if it had not been sent.
    checked = ", ".join(
        f"case when not {broken_identifier(kind, column)} then {column} end as {column}"
        for column, kind in CHECKED.items()
    )
    connection.execute(f"create table known as select * replace ({checked}) from given")
    kinds = pa.schema([("left_id", pa.string()), ("right_id", pa.string()), ("is_same", pa.bool_())])
    connection.register("said", pa.Table.from_pandas(decisions[kinds.names], kinds, preserve_index=False))


def _likely(connection: duckdb.DuckDBPyConnection, model: Model) -> pa.Table:
    """Score one record of each written form: the others are the same by rule. Products have no likelihood of names."""
    connection.execute(
        f"""create table forms as select unique_id as record_id, exact_key,
                min(unique_id) over (partition by exact_key) as first_id, full_name is not null as is_named
            from ({features("known")})"""
    )
    asked = connection.sql(
        """select k.record_id, k.kind, k.name, k.address, k.country from known as k inner join forms as f
            using (record_id) where f.record_id = f.first_id and f.is_named and k.kind <> 'product'
            order by record_id"""
    ).to_arrow_table()
    return score(asked, model)


def _pairs(at: Thresholds) -> str:
    """SQL of all pairs by the first rule that holds; each group by an id is a star around its smallest record."""
    stars = " union all ".join(
        f"select min(record_id) over (partition by kind, {column}) as a, record_id as b, 'identifier' as rule,"
        f" '{column}' as evidence from known where {column} is not null"
        for column in IDENTIFIERS
    )
    nothing = ", ".join(f"cast(null as varchar) as {name}" for name in LEVELS)
    # The same place and name without a country is not enough, and a name alone is not for a site.
    return f"""
        with found as (
            select least(left_id, right_id) as a, greatest(left_id, right_id) as b, 'person' as rule,
                if(is_same, 'same', 'different') as evidence, null as score, {nothing} from said
            union all select a, b, rule, evidence, null, {nothing} from ({stars}) where a <> b
            union all select a, b, 'own_id', 'own_id', null, {nothing} from (select
                min(record_id) over (partition by kind, source, own_id) as a, record_id as b
                from known where own_id is not null) where a <> b
            union all select f.first_id, f.record_id, 'as_written', 'name', null, {nothing}
            from forms as f inner join known as k using (record_id)
            where f.first_id <> f.record_id and f.is_named and k.country is not null
                and (k.kind in ('company', 'group') or (k.kind = 'site' and k.address is not null))
            union all select left_id, right_id, 'likelihood', 'score', score, {", ".join(LEVELS)}
            from scored where score >= {at.review_at}
        ), ranked as (
            select f.*, k.kind, case {" ".join(f"when f.rule = '{r}' then {n}" for r, n in RANK.items())} end as rank
            from found as f
            inner join known as k on f.a = k.record_id
            inner join known as other on f.b = other.record_id and k.kind = other.kind
        ), first as (
            select * from ranked qualify row_number() over (partition by a, b order by rank, evidence) = 1
        )
        select a as left_id, b as right_id, kind, rule, evidence, {", ".join(LEVELS)}, rank,
            coalesce(score, if(evidence = 'different', 0, 1)) as score, case when evidence = 'different' then 'apart'
                when rule <> 'likelihood' or score >= {at.merge_at} then 'merged' else 'review' end as state
        from first"""


def _reason(row: dict[str, Any], blocked: str) -> str:
    if row["rule"] == "person":
        said = f"a person decided: {row['evidence']}"
    elif row["rule"] == "likelihood":
        told = [f"{name.replace('_', ' ')} {row[name].replace('_', ' ')}" for name in LEVELS if row[name]]
        said = f"likelihood {row['score']:.3f}: {', '.join(told)}"
    else:
        same = {"own_id": "own id at the same source", "as_written": "name, address and country as written"}
        said = f"same {same.get(row['rule'], row['evidence'])}"
    return f"{said}; not merged: {blocked}" if blocked else said

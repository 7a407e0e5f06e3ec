"""Likelihood of pairs: splink on a DuckDB in memory, with the parameters of the model."""

import logging
from collections.abc import Mapping

import duckdb
import pyarrow as pa

from warehouse.connection import GUARDS
from warehouse.identity.candidates import keys
from warehouse.identity.features import COLUMNS, features
from warehouse.identity.model import LEVELS, Model, settings

_PAIR = ("left_id", "right_id", "score")


def memory() -> duckdb.DuckDBPyConnection:
    """Open a database in memory with the guards that every connection has."""
    connection = duckdb.connect()
    for name, value in GUARDS.items():
        connection.execute(f"set {name} = '{value}'")
    return connection


def score(records: pa.Table, model: Model, pairs: Mapping[str, list[str]] | None = None) -> pa.Table:
    """Score the candidate pairs of records (record_id, kind, name, address, country: text).

    Returns left_id < right_id, score (probability 0-1, six digits) and one level per comparison (NULL = missing),
    sorted. `pairs` replaces the search for candidates: record_id → names of the pairs in which it is to be scored.
    """
    connection = memory()
    connection.register("given", records)
    connection.execute(f"create table compared as {features('given')}")
    if pairs is None:
        connection.execute(f"create table keyed as {keys('compared')}")
    else:
        chosen = pa.table({"unique_id": list(pairs), "keys": pa.array(list(pairs.values()), pa.list_(pa.string()))})
        connection.register("chosen", chosen)
        connection.execute("create table keyed as select * from chosen")
    connection.execute(
        f"create table party_records as select c.unique_id, {', '.join(f'c.{name}' for name in COLUMNS)}, k.keys"
        " from compared as c inner join keyed as k using (unique_id)"
    )
    return _predicted(connection, model)


def _predicted(connection: duckdb.DuckDBPyConnection, model: Model) -> pa.Table:
    if not connection.execute("select count(*) from party_records").fetchall()[0][0]:
        return pa.schema([*((n, pa.string()) for n in _PAIR[:2]), ("score", pa.float64()),
                          *((n, pa.string()) for n in LEVELS)]).empty_table()  # fmt: skip
    # Imported here: most commands never match.
    from splink import DuckDBAPI, Linker

    api = DuckDBAPI(connection)
    linker = Linker(api.register("party_records"), settings(model), log_level=logging.ERROR)
    found = linker.inference.predict(warning_mode="never").physical_name
    levels = ", ".join(_level(name) for name in LEVELS)
    # splink writes each pair once; which side is left must not depend on anything but the ids.
    return connection.sql(
        f"""select least(unique_id_l, unique_id_r) as left_id, greatest(unique_id_l, unique_id_r) as right_id,
            round(match_probability, 6) as score, {levels} from {found}
            where unique_id_l <> unique_id_r order by left_id, right_id"""
    ).to_arrow_table()


def _level(name: str) -> str:
    labels = [label for label, _ in LEVELS[name][1]]
    cases = " ".join(f"when {len(labels) - 1 - place} then '{label}'" for place, label in enumerate(labels))
    return f"case gamma_{name} {cases} end as {name}"

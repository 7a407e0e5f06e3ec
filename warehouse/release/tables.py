"""Writes the tables of a release: Parquet and CSV by audience, one DuckDB file for analysts, and their digests."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.public_tables import ANALYST, PublicTable

DATABASE = "liefernetz.duckdb"
FOLDERS = {ANALYST: "analysts", "association": "public"}
# Older DuckDB clients and DuckDB in the browser refuse what 2.0 writes by default.
STORAGE = "v1.0.0"
PARQUET = "format parquet, compression zstd, row_group_size 100000"
CSV = "format csv, header true, delimiter ',', quote '\"', escape '\"', nullstr ''"
CSV_READ = """header = true, delim = ',', quote = '"', escape = '"', nullstr = '', auto_detect = false,
    strict_mode = true, allow_quoted_nulls = false, max_line_size = 16777216"""
TEXT = "VARCHAR"
FORMULA = r"^[=+\-@\t\r]"


@dataclass(frozen=True)
class Contents:
    """What was written of one table."""

    table: PublicTable
    rows: int
    digest: str
    types: dict[str, str]

    @property
    def stem(self) -> str:
        """Path of its files inside the release, without the suffix."""
        return f"{FOLDERS[self.table.audience]}/{self.table.name}"


def name(identifier: str) -> str:
    """A quoted identifier."""
    return '"' + identifier.replace('"', '""') + '"'


def text(value: str) -> str:
    """A quoted text literal."""
    return "'" + value.replace("'", "''") + "'"


def csv_projection(types: dict[str, str]) -> str:
    """All columns as text; text that a spreadsheet would run as a formula gets a leading apostrophe."""
    safe = "case when regexp_matches({0}, {1}) then '''' || {0} else {0} end as {0}"
    parts = [
        safe.format(name(column), text(FORMULA))
        if kind == TEXT
        else f"cast({name(column)} as varchar) as {name(column)}"
        for column, kind in types.items()
    ]
    return ", ".join(parts)


def digest_query(relation: str, columns: list[str]) -> str:
    """SQL for rows and an order-independent digest of the content of a relation.

    Rows are hashed one by one; hashes are sorted within 4096 buckets and hashed again, so no long text is built.
    """
    cells = ", ".join(f"cast({name(column)} as varchar)" for column in columns)
    return f"""
        with hashed as (select sha256(cast(json_array({cells}) as varchar)) as h from {relation}),
        buckets as (
            select left(h, 3) as b, count(*) as n, sha256(string_agg(h, '' order by h)) as h from hashed group by 1
        )
        select coalesce(sum(n), 0)::bigint, sha256(coalesce(string_agg(b || h, '' order by b), '')) from buckets"""


def columns_of(connection: duckdb.DuckDBPyConnection, relation: str) -> dict[str, str]:
    """Column names and types of a relation."""
    return {str(row[0]): str(row[1]) for row in connection.execute(f"describe select * from {relation}").fetchall()}


def measure(connection: duckdb.DuckDBPyConnection, relation: str) -> tuple[int, str]:
    """Number of rows and content digest of a relation."""
    query = digest_query(relation, sorted(columns_of(connection, relation)))
    row = connection.execute(query).fetchone()
    assert row is not None, "an aggregate without groups gives one row"
    return int(row[0]), str(row[1])


def contents_of(connection: duckdb.DuckDBPyConnection, tables: list[PublicTable]) -> list[Contents]:
    """Rows, digest and types of the tables of a candidate that have rows."""
    found = []
    for table in tables:
        relation = f"marts.{name(table.name)}"
        rows, digest = measure(connection, relation)
        if rows:
            found.append(Contents(table, rows, digest, columns_of(connection, relation)))
    return found


def write_tables(connection: duckdb.DuckDBPyConnection, contents: list[Contents], folder: Path) -> None:
    """Write Parquet and CSV of every table, rows in one fixed order, and the DuckDB file with all of them."""
    for sub in sorted({content.stem.split("/")[0] for content in contents}):
        (folder / sub).mkdir()
    for content in contents:
        write_relation(connection, f"marts.{name(content.table.name)}", content.types, folder / content.stem)
    _write_database(connection, contents, folder / DATABASE)


def write_relation(connection: duckdb.DuckDBPyConnection, relation: str, types: dict[str, str], target: Path) -> None:
    """Write a relation as `target`.parquet and `target`.csv, rows in one fixed order."""
    ordered = f"(select * from {relation} order by all)"
    connection.execute(f"copy {ordered} to {text(f'{target}.parquet')} ({PARQUET})")
    connection.execute(f"copy (select {csv_projection(types)} from {ordered}) to {text(f'{target}.csv')} ({CSV})")


def _write_database(connection: duckdb.DuckDBPyConnection, contents: list[Contents], path: Path) -> None:
    connection.execute(f"attach {text(str(path))} as release (storage_version {text(STORAGE)})")
    connection.execute("begin")
    for content in contents:
        table, target = content.table, f"release.main.{name(content.table.name)}"
        connection.execute(f"create table {target} as select * from marts.{name(table.name)} order by all")
        connection.execute(f"comment on table {target} is {text(table.description)}")
        for column in table.columns:
            comment = text(column.description)
            connection.execute(f"comment on column {target}.{name(column.name)} is {comment}")
    connection.execute("commit")
    connection.execute("checkpoint release")
    connection.execute("detach release")

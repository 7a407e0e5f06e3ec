"""Two rows on one key: the same row again counts once, rows that contradict each other do not count at all."""

from __future__ import annotations

import duckdb

from ingestion.column_sql import quoted
from ingestion.typing_job import Typing, landed_columns

_CLASH = """
create table clash as
with marked as (
    select
        row_number, {content} as content, {key_text} as key_text, dense_rank() over (order by {key}) as cell,
        count(*) over (partition by {key}) as n, row_number() over (partition by {key} order by row_number) as place
    from typed
    where not is_bad
), cells as (
    select cell, count(distinct content) as versions from marked where n > 1 group by cell
)
select m.row_number, m.key_text, c.versions > 1 as contradicts
from marked as m
join cells as c on m.cell = c.cell
where m.n > 1 and (c.versions > 1 or m.place > 1)
"""
_INTO_QUARANTINE = """
insert into quarantine
select ?, ?, j.row_number, j.source_ref, 999, ?, ?, left(c.key_text, 200), ?, ?, cast({raw} as VARCHAR)
from ({judged}) as j
join clash as c on j.row_number = c.row_number
where c.contradicts = ?
"""
_CONTRADICTING = (
    "contradicting_rows",
    "several rows with one key say different things; none counts",
    "one row per key",
)
_REPEATED = ("repeated_row", "the same row again; the first one counts", "send each row once")


def quarantine_repeated(connection: duckdb.DuckDBPyConnection, typing: Typing, raw: str, judged: str) -> None:
    """Fill `repeated` and add its rows to `quarantine`; `raw` is the SQL of a row as sent, `judged` of all rows."""
    connection.execute("create table repeated (row_number BIGINT)")
    names = typing.table.key
    if not names:
        return
    key = ", ".join(f'"{name}"' for name in names)
    # Most deliveries repeat nothing, and asking costs a fraction of numbering every row.
    asked = f"select 1 from typed where not is_bad group by {key} having count(*) > 1 limit 1"
    if not connection.execute(asked).fetchall():
        return
    shown = ", ".join(f"coalesce(cast(\"{name}\" as VARCHAR), '-')" for name in names)
    content = "{" + ", ".join(f'{quoted(n)}: "{n}"' for n, _ in landed_columns(typing.table)) + "}"
    connection.execute(_CLASH.format(content=content, key=key, key_text=f"concat_ws(' / ', {shown})"))
    connection.execute("insert into repeated select row_number from clash")
    if not connection.execute("select count(*) from clash").fetchall()[0][0]:
        return
    for contradicts, (code, message, fix) in ((True, _CONTRADICTING), (False, _REPEATED)):
        values = [typing.delivery_id, typing.table.name, code, ", ".join(names), message, fix, contradicts]
        connection.execute(_INTO_QUARANTINE.format(raw=raw, judged=judged), values)

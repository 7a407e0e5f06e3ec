"""A unit that slipped: a value that is 1000 or 3.6 times what the same subject reported before, or the inverse.

Catalogue of indicators, section 2.6. A kilogram in the place of a tonne, a kilowatt hour for a megawatt hour, thousands
of euros, gigajoules for megawatt hours: each number alone is plausible, only the ratio tells.
"""

from __future__ import annotations

from typing import Any

from pyarrow import compute, parquet

from ingestion.column_sql import listed, quoted
from ingestion.declarations import declarations
from ingestion.reader import ChangeRule, reader_of
from ingestion.typed_rows import caged_connection
from warehouse.ledger import Delivery, Ledger, Reason
from warehouse.ledger.entries import digest
from warehouse.settings import Settings

RATIOS = (1000.0, 1 / 1000, 3.6, 1 / 3.6)
TOLERANCE = 0.02
_SHOWN = 50
# Of what was reported before, the value of the nearest period counts; of two, the one that was delivered later.
_SQL = """
with now as (
    select row_number, {subject} as subject, to_json([{key}]) as cell, {period} as period, {value} as value
    from read_parquet({this})
), before as (
    select cell, period, value, -1 as age from now
    union all
    {earlier}
), pairs as (
    select n.row_number, n.subject, n.cell, n.period, n.value, b.value as was, b.period as was_in
    from now as n
    join before as b on n.cell = b.cell and (b.age >= 0 or b.period < n.period)
    where n.value <> 0 and b.value <> 0
    qualify row_number() over (partition by n.row_number order by abs(b.period - n.period), b.age) = 1
), ratios as (
    select *, cast(value as double) / cast(was as double) as ratio from pairs
)
select row_number, subject, cell, cast(period as varchar), cast(value as varchar), cast(was as varchar),
    cast(was_in as varchar)
from ratios where {slipped} order by row_number
"""


def rule_of(delivery: Delivery) -> tuple[str, ChangeRule] | None:
    """Return the table of a delivery and how its values are compared, if they are."""
    if delivery.format is None:
        return None
    table = declarations()[delivery.source].formats[delivery.format].table
    rule = reader_of(delivery.source).changes.get(table)
    return None if rule is None else (table, rule)


def subjects_of(settings: Settings, delivery: Delivery) -> list[str]:
    """Return of whom an accepted delivery speaks."""
    found = rule_of(delivery)
    if found is None or not delivery.tables:
        return []
    column = parquet.read_table(settings.home / delivery.tables[0].path, columns=[found[1].subject]).column(0)
    subjects: list[str] = compute.unique(column).drop_null().to_pylist()
    return sorted(subjects)


def unit_slips(settings: Settings, ledger: Ledger, delivery: Delivery) -> list[Reason]:
    """Return one suspicion per column in which values of a landed delivery look like a slip of the unit."""
    found = rule_of(delivery)
    if found is None or not delivery.tables:
        return []
    table, rule = found
    earlier = [
        d
        for d in ledger.about(delivery.source, subjects_of(settings, delivery))
        if d.delivery_id != delivery.delivery_id
    ]
    files = [t.path for d in earlier for t in d.tables if t.table == table]
    if not files and len(delivery.periods) < 2:
        return []
    paths = [str(settings.home / path) for path in files]
    suspicious = []
    with caged_connection(settings.landing / delivery.source) as connection:
        for value in rule.values:
            sql = _query(rule, value, str(settings.home / delivery.tables[0].path), paths)
            if rows := connection.execute(sql).fetchall():
                suspicious.append(_reason(delivery, value, rows))
    return suspicious


def _query(rule: ChangeRule, value: str, this: str, files: list[str]) -> str:
    key = ", ".join(f"cast({name} as varchar)" for name in rule.key)
    # An integer year and a date are both ordered by subtraction.
    part = f"to_json([{key}]) as cell, {rule.period} as period, {value} as value"
    earlier = " union all ".join(
        f"select {part}, {age} as age from read_parquet({listed((file,))})" for age, file in enumerate(files)
    )
    near = [f"abs(ratio / {factor!r} - 1) <= {TOLERANCE}" for factor in RATIOS]
    return _SQL.format(
        subject=rule.subject, key=key, period=rule.period, value=value, this=quoted(this), slipped=" or ".join(near),
        earlier=earlier or "select * from (select cell, period, value, 0 from now) where false",
    )  # fmt: skip


def _reason(delivery: Delivery, column: str, rows: list[tuple[Any, ...]]) -> Reason:
    row, subject, _, period, value, was, was_in = rows[0]
    cells = sorted(f"{cell} {period} {value}" for _, _, cell, period, value, _, _ in rows)
    return Reason(
        "unit_slip",
        f"{column} of {subject} is {value} for {period} after {was} for {was_in}: the ratio is that of two units; "
        f"{len(rows)} values in all are like that",
        "compare the unit with the number and send it again, or tell the network office that the values are right",
        row, column, len(rows), digest("unit_slip", delivery.source, column, *cells),
    )  # fmt: skip

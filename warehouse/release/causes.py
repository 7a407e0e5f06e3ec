"""Finds the cause of each differing row: a delivery that came or went, a new period or indicator, or a new method."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import duckdb

from warehouse.release.tables import columns_of, name

KPI_KEY = ("kpi_id", "entity_type", "entity_id", "period_start", "dim_hash")
VALUES, INPUTS, DELIVERIES = "fact_kpi_value", "fact_kpi_input", "dim_delivery"
DEPTH = 8


@dataclass(frozen=True)
class CauseFinder:
    """Looks for causes in the newer release, to whose connection the older one is attached as `before`."""

    connection: duckdb.DuckDBPyConnection
    same_code: bool
    before: Mapping[str, int]
    after: tuple[str, ...]

    def with_new_method(self) -> "CauseFinder":
        """The same finder for a table whose columns changed: whatever has no other cause is a change of method."""
        return replace(self, same_code=False)

    def classes(self, table: str, key: list[str]) -> dict[str, int]:
        """Number of rows of the temporary table `differing` in each class."""
        self._deliveries_that_changed()
        if table == VALUES and {INPUTS} <= set(self.after) & set(self.before) and set(KPI_KEY) <= set(key):
            self._trace(key)
            traced = "exists (select 1 from traced as t where {})".format(
                " and ".join(f"t.{c} is not distinct from d.{c}" for c in KPI_KEY)
            )
            came, went = f"{traced[:-1]} and t.came)", f"{traced[:-1]} and t.went)"
        else:
            came, went = self._own_delivery(table, key, "came"), self._own_delivery(table, key, "went")
        rows = self.connection.execute(
            f"select {self._rule(table, key, came, went)} as class, count(*) from differing as d group by 1 order by 1"
        ).fetchall()
        return {str(label): int(count) for label, count in rows}

    def _rule(self, table: str, key: list[str], came: str, went: str) -> str:
        """One case expression: the first cause that holds."""
        cases = []
        for column, label in (("period_start", "new_period"), ("kpi_id", "new_indicator")):
            if column in key:
                known = f"select b.{column} from before.{name(table)} as b where b.{column} is not null"
                cases.append(f"when d.kind = 'added' and d.{column} not in ({known}) then '{label}'")
        late = "late" if table == VALUES else "new_delivery"
        cases += [
            f"when d.kind = 'added' and {came} then '{late}'",
            f"when d.kind = 'removed' and {went} then 'retraction'",
            f"when {came} then 'restated'",
            f"when {went} then 'retraction'",
        ]
        if not self.same_code:
            cases.append("when true then 'method'")
        # A shared quantity (a factor, a median, a total) moves rows that name no new delivery themselves.
        shared = "exists (select 1 from moved)"
        return f"case {' '.join(cases)} when {shared} then 'new_inputs' else 'unexplained' end"

    def _deliveries_that_changed(self) -> None:
        """Leave the deliveries that only one of the two releases was built from in the temporary table `moved`."""
        if DELIVERIES not in self.before or DELIVERIES not in self.after:
            self.connection.execute("create or replace temp table moved (delivery_id varchar, came boolean)")
            return
        self.connection.execute(f"""
            create or replace temp table moved as
            select coalesce(n.delivery_id, o.delivery_id) as delivery_id, o.delivery_id is null as came
            from {DELIVERIES} as n full outer join before.{DELIVERIES} as o on n.delivery_id = o.delivery_id
            where n.delivery_id is null or o.delivery_id is null""")

    def _own_delivery(self, table: str, key: list[str], side: str) -> str:
        """Whether the row itself names a delivery that came (or went)."""
        source = name(table) if side == "came" else f"before.{name(table)}"
        if "delivery_id" not in columns_of(self.connection, source):
            return "false"
        join = " and ".join(f"r.{name(column)} is not distinct from d.{name(column)}" for column in key)
        is_came = "m.came" if side == "came" else "not m.came"
        return (
            f"exists (select 1 from {source} as r inner join moved as m on m.delivery_id = r.delivery_id "
            f"where {join} and {is_came})"
        )

    def _trace(self, key: list[str]) -> None:
        """Follow differing values down to their deliveries, through indicators that are inputs themselves."""
        keys = ", ".join(KPI_KEY)
        step = (
            "i.kpi_id = r.at_kpi and i.entity_id = r.at_entity and i.period_start = r.at_period "
            "and i.dim_hash = r.at_hash"
        )
        self.connection.execute(f"""
            create or replace temp table traced as
            with recursive inputs as (
                select * from (select kpi_id, entity_id, period_start, dim_hash, delivery_id, input_kpi_id,
                    input_entity_id, input_period_start, input_dim_hash from {INPUTS}
                union select kpi_id, entity_id, period_start, dim_hash, delivery_id, input_kpi_id, input_entity_id,
                    input_period_start, input_dim_hash from before.{INPUTS}) as both_releases
            ),
            reached as (
                select {keys}, kpi_id as at_kpi, entity_id as at_entity, period_start as at_period, dim_hash as at_hash,
                    0 as depth from differing
                union
                select {", ".join(f"r.{c}" for c in KPI_KEY)}, i.input_kpi_id, i.input_entity_id, i.input_period_start,
                    i.input_dim_hash, r.depth + 1
                from reached as r inner join inputs as i on {step}
                where i.input_kpi_id is not null and r.depth < {DEPTH}
            )
            select {", ".join(f"r.{c}" for c in KPI_KEY)}, bool_or(m.came) as came, bool_or(not m.came) as went
            from reached as r inner join inputs as i on {step} inner join moved as m on m.delivery_id = i.delivery_id
            group by all""")

"""What changed between two releases, row by row, each change with a class and a cause.

Classes: `new_table`, `new_period`, `new_indicator` (the release before had none of them), `late` (a row that a later
delivery filled in), `restated` (a later delivery changed it), `new_delivery` (a row of a delivery that came),
`retraction` (a delivery no longer counts), `new_inputs` (moved through a shared quantity), `method` (the models
changed), `left_out`, and `unexplained`, which should never be seen.
"""

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from warehouse.connection import connect
from warehouse.release.causes import CauseFinder
from warehouse.release.manifest import Release, load
from warehouse.release.tables import DATABASE, columns_of, name, text
from warehouse.settings import Settings

# Names of the run itself; they differ in every release and say nothing about the value.
VOLATILE = {"computed_at", "input_snapshot_id", "supersedes"}


@dataclass
class TableChange:
    """Rows added, removed and changed in one table, and how many of them fall into each class."""

    table: str
    added: int = 0
    removed: int = 0
    changed: int = 0
    classes: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """All rows that differ."""
        return self.added + self.removed + self.changed


@dataclass(frozen=True)
class Difference:
    """Everything that differs between two releases."""

    before: str | None
    after: str
    tables: list[TableChange]

    @property
    def unexplained(self) -> int:
        """Rows that differ without a known cause."""
        return sum(change.classes.get("unexplained", 0) for change in self.tables)

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        tables = [asdict(change) for change in self.tables]
        return {"before": self.before, "after": self.after, "unexplained": self.unexplained, "tables": tables}


def diff(settings: Settings, a: str, b: str) -> Difference:
    """Compare two releases; raises `NoRelease` if one does not exist."""
    before, after = load(settings, a), load(settings, b)
    grains = {table: tuple(entry["grain"]) for table, entry in after.manifest["tables"].items()}
    same_code = before.manifest["code"]["models_sha256"] == after.manifest["code"]["models_sha256"]
    return compare(before, after.path, after.version, grains, same_code)


def compare(
    before: Release | None, folder: Path, version: str, grains: dict[str, tuple[str, ...]], same_code: bool
) -> Difference:
    """Compare a release with a folder that holds, or will hold, the next one."""
    if before is None:
        return Difference(None, version, [])
    with connect(folder / DATABASE) as connection:
        connection.execute(f"attach {text(str(before.path / DATABASE))} as before (read_only)")
        names = sorted(set(before.rows) | set(grains))
        finder = CauseFinder(connection, same_code, before.rows, tuple(grains))
        tables = [_change(connection, table, grains, before, finder) for table in names]
    return Difference(before.version, version, [change for change in tables if change.total])


def _change(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    grains: dict[str, tuple[str, ...]],
    before: Release,
    finder: CauseFinder,
) -> TableChange:
    if table not in grains or table not in before.rows:
        side = "before." if table in before.rows else ""
        count = connection.execute(f"select count(*) from {side}{name(table)}").fetchone()
        rows = int(count[0]) if count else 0
        if side:
            return TableChange(table, removed=rows, classes={"left_out": rows})
        return TableChange(table, added=rows, classes={"new_table": rows})
    old, new = columns_of(connection, f"before.{name(table)}"), columns_of(connection, name(table))
    shared = [column for column in new if column in old and column not in VOLATILE]
    key = [column for column in grains[table] if column in shared] or shared
    if set(old) != set(new):
        finder = finder.with_new_method()
    _collect(connection, table, key, shared)
    counts = dict(connection.execute("select kind, count(*) from differing group by kind").fetchall())
    classes = finder.classes(table, key) if counts else {}
    return TableChange(table, counts.get("added", 0), counts.get("removed", 0), counts.get("changed", 0), classes)


def _collect(connection: duckdb.DuckDBPyConnection, table: str, key: list[str], shared: list[str]) -> None:
    """Leave one row per differing key in the temporary table `differing`: the kind and the key."""
    cells = ", ".join(f"cast({name(column)} as varchar)" for column in shared)
    keys = ", ".join(name(column) for column in key)
    join = " and ".join(f"o.{name(column)} is not distinct from n.{name(column)}" for column in key)
    picked = ", ".join(f"coalesce(o.{name(column)}, n.{name(column)}) as {name(column)}" for column in key)
    # Rows that share a key (a table without one) are compared as a bag.
    side = """(select {keys}, string_agg(md5(cast(json_array({cells}) as varchar)), '' order by
               md5(cast(json_array({cells}) as varchar))) as content, true as here from {table} group by {keys})"""
    old = side.format(keys=keys, cells=cells, table=f"before.{name(table)}")
    new = side.format(keys=keys, cells=cells, table=name(table))
    connection.execute(f"""
        create or replace temp table differing as
        select case when o.here is null then 'added' when n.here is null then 'removed' else 'changed' end as kind,
            {picked}
        from {old} as o full outer join {new} as n on {join}
        where o.content is distinct from n.content""")

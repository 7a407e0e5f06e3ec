"""What the current release looked like: the yardstick for changes that are too large to go out unseen."""

from dataclasses import dataclass, field

import duckdb

from expectations.declaration import WARNING, Suite, no_rows
from warehouse.release import current, open_release
from warehouse.settings import Settings

SHIFT = 0.5


@dataclass(frozen=True)
class Baseline:
    """Rows by table and, by indicator and unit, the mean of its values in the current release."""

    version: str | None = None
    rows: dict[str, int] = field(default_factory=dict)
    means: tuple[tuple[str, str, float], ...] = ()


def baseline_of(settings: Settings) -> Baseline:
    """The baseline from the current release; empty before the first one."""
    release = current(settings)
    if release is None:
        return Baseline()
    with open_release(settings, release.version) as connection:
        return Baseline(release.version, dict(release.rows), _means(connection))


def _means(connection: duckdb.DuckDBPyConnection) -> tuple[tuple[str, str, float], ...]:
    query = """select kpi_id, unit, avg(value) from fact_kpi_value
               where value is not null and not isnan(value) group by kpi_id, unit order by kpi_id, unit"""
    return tuple(
        (str(kpi), str(unit), round(float(mean), 9)) for kpi, unit, mean in connection.execute(query).fetchall()
    )


def change_suite(table: str, baseline: Baseline) -> Suite:
    """Warnings about indicators whose mean moved by more than half since the current release."""
    if table != "fact_kpi_value" or not baseline.means:
        return ()
    before = ", ".join(f"({_text(kpi)}, {_text(unit)}, {mean!r})" for kpi, unit, mean in baseline.means)
    query = (
        "select v.kpi_id, v.unit from {batch} as v "
        f"inner join (values {before}) as before (kpi_id, unit, mean) "
        "on v.kpi_id = before.kpi_id and v.unit = before.unit "
        "where v.value is not null group by v.kpi_id, v.unit, before.mean "
        f"having abs(avg(v.value) - before.mean) > {SHIFT} * abs(before.mean)"
    )
    reason = f"The mean of an indicator moved by more than half since release {baseline.version}."
    return (no_rows("means_are_steady", query, reason, WARNING),)


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"

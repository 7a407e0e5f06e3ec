"""The engine in the line: from the unprotected cells of all benchmarks to what is withheld.

Families are independent systems: one KPI and period, with numerators and denominators of all its variants if it is a
ratio. They have one common pattern, because who knows two of numerator, denominator and ratio knows the third.
"""

from collections import defaultdict
from typing import Any

import numpy as np
import pyarrow as pa

from warehouse.disclosure.blur import blur
from warehouse.disclosure.cleanup import CleanUp
from warehouse.disclosure.detail import Detail, Levels, detail
from warehouse.disclosure.family import Family
from warehouse.disclosure.insiders import Insiders
from warehouse.disclosure.pattern import Pattern, Unprotectable
from warehouse.disclosure.system import TOTAL, Codes, Flags, System

# Programs, not seconds: a rebuilt release must be the same on a slower machine.
_CLEAN_UP = 20_000
_SHAPE = pa.schema(
    [
        ("cell_key", pa.string()), ("tables", pa.string()), ("is_sector", pa.bool_()), ("is_withheld", pa.bool_()),
        ("reason", pa.string()),
    ]
)  # fmt: skip
Row = dict[str, Any]


def pattern_table(cells: Any, groups: Any, hierarchy: Any, policy: Any) -> pa.Table:
    """Protect every family; takes DuckDB relations and returns one row per cell (`int_benchmark_pattern`)."""
    trees: dict[str, dict[str, str]] = {"sector": {}, "region": {}, "size_class": {}}
    for row in _rows(hierarchy):
        trees[row["dim"]][row["child"]] = row["parent"]
    parameters = _rows(policy)[0]
    families: dict[str, list[Row]] = defaultdict(list)
    for row in _rows(cells):
        families[row["family"]].append(row)
    parts: dict[str, list[Row]] = defaultdict(list)
    for row in _rows(groups.filter("mean_numerator is not null").order("cell_key, group_id")):
        parts[row["cell_key"]].append(row)
    found: list[Row] = []
    for name in sorted(families):
        found += _protect(Family(trees, families[name], parameters, parts))
    return pa.Table.from_pylist(found, schema=_SHAPE)


def _rows(relation: Any) -> list[Row]:
    return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


def _protect(family: Family) -> list[Row]:
    chosen = detail(family.trees, family.places, family.sensitive, family.parameters["max_sensitive_share"])
    shown = sorted({cell for table in chosen.tables.values() for cell in table})
    withheld, primary = _suppress(family, shown, chosen)
    number, levels = {cell: i for i, cell in enumerate(shown)}, Levels(family.trees)
    found = []
    for place, rows in sorted(family.by_place.items()):
        at = number.get(place)
        is_sector = place[1:] == (TOTAL, TOTAL) and place[0] != TOTAL and levels.is_leaf(place, 0)
        for row in rows:
            if at is None:
                reason = "too_fine"
            elif place in chosen.refused:
                reason = "refused"
            else:
                reason = "primary" if primary[at] else "secondary" if withheld[at] else "published"
            tables = ";".join(chosen.tables_of(place)) or None
            is_withheld = at is None or bool(withheld[at])
            found.append(
                dict(zip(_SHAPE.names, (row["cell_key"], tables, is_sector, is_withheld, reason), strict=True))
            )
    return found


def _suppress(family: Family, shown: list[Codes], chosen: Detail) -> tuple[Flags, Flags]:
    system = System(family.trees, shown)
    pattern = Pattern(system, family.values(shown), family.needs(system), family.parameters["weight"])
    sensitive = np.array([cell in family.sensitive for cell in shown], dtype=bool)
    for cell in [*chosen.refused, *(c for c, s in zip(shown, sensitive, strict=True) if s)]:
        place = shown.index(cell)
        pattern.primary[place] = pattern.withheld[place] = True
    try:
        pattern.protect()
    except Unprotectable:
        # No pattern protects so small a table: nothing of it is shown.
        pattern.withheld[:] = True
        return pattern.withheld, sensitive
    CleanUp(pattern, programs=_CLEAN_UP).run()
    Insiders(pattern, family.parts(shown)).withstand(family.parameters["coalition"])
    blur(pattern)
    return pattern.withheld, sensitive

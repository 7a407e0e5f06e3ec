"""One family of benchmarks: its cells, its measures, and the needs of its sensitive cells."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from warehouse.disclosure.proofs import Need
from warehouse.disclosure.rules import MARGIN
from warehouse.disclosure.system import TOTAL, Codes, Floats, System

Row = dict[str, Any]


class Family:
    """Cells by position (sector, region, size class); a ratio has two measures per variant, other KPIs one."""

    def __init__(
        self, trees: Mapping[str, Mapping[str, str]], rows: list[Row], parameters: Row, parts: Mapping[str, list[Row]]
    ) -> None:
        """`parts` are the contributions of company groups by `cell_key`."""
        self.trees, self.parameters, self._groups = trees, parameters, parts
        self.by_place: dict[Codes, list[Row]] = defaultdict(list)
        # In one order, whatever order the database gave: equal needs are met in turn.
        for row in sorted(rows, key=lambda r: (r["sector"], r["region"], r["size_class"], r["dim_variant"])):
            self.by_place[row["sector"], row["region"], row["size_class"]].append(row)
        self.places = sorted(self.by_place)
        self.sensitive = {place for place, found in self.by_place.items() if not all(r["is_safe"] for r in found)}
        self._measures = list(self._split(rows))

    @staticmethod
    def _split(rows: list[Row]) -> Iterator[tuple[str, str]]:
        for variant in sorted({row["dim_variant"] for row in rows}):
            yield variant, "n"
            if any(row["is_ratio"] for row in rows):
                yield variant, "d"

    def _cells(self, variant: str) -> dict[Codes, Row]:
        return {p: row for p, rows in self.by_place.items() for row in rows if row["dim_variant"] == variant}

    def values(self, shown: list[Codes]) -> list[Floats]:
        """Return the totals of each measure; NaN where a variant does not have the cell, which everybody knows."""
        found = []
        for variant, side in self._measures:
            cells = self._cells(variant)
            found.append(
                np.array([float(cells[c][f"{side}_total"]) if c in cells else np.nan for c in shown], dtype=np.float64)
            )
        return found

    def parts(self, shown: list[Codes]) -> list[dict[int, dict[str, float]]]:
        """Return per measure what each group adds to each cell."""
        found = []
        for variant, side in self._measures:
            cells, column = self._cells(variant), "mean_numerator" if side == "n" else "mean_denominator"
            found.append(
                {
                    number: {row["group_id"]: float(row[column]) for row in self._groups[cells[place]["cell_key"]]}
                    for number, place in enumerate(shown)
                    if place in cells
                }
            )
        return found

    def needs(self, system: System) -> list[Need]:
        """Return what sensitive cells need in each measure, also without the cells that one group knows."""
        found = []
        number = {cell: i for i, cell in enumerate(system.cells)}
        for measure, (variant, side) in enumerate(self._measures):
            cells = {number[place]: row for place, row in self._cells(variant).items() if place in number}
            whole = self._cells(variant).get((TOTAL, TOTAL, TOTAL))
            usual = float(whole[f"{side}_total"]) / whole["n_groups"] if whole else 1.0
            owned: dict[str, set[int]] = defaultdict(set)
            for cell, row in cells.items():
                if row["only_group"] is not None and self.parameters["singleton_protection"]:
                    owned[row["only_group"]].add(cell)
            for cell, row in cells.items():
                if not row["is_safe"]:
                    for known in [frozenset[int](), *self._known(system, cell, cells, owned)]:
                        found += [Need(cell, move, measure, known) for move in self._moves(row, side, usual)]
        return found

    @staticmethod
    def _known(
        system: System, cell: int, cells: dict[int, Row], owned: Mapping[str, set[int]]
    ) -> Iterator[frozenset[int]]:
        """What each group knows that is alone in a cell of the same equation: all cells in which it is alone."""
        near = {cells[other]["only_group"] for other in system.neighbours(cell) if other in cells}
        for group in sorted(near - {None, cells[cell]["only_group"]}):
            known = {q for q in owned.get(group, ()) if not (system.contains(q, cell) or system.contains(cell, q))}
            if known:
                yield frozenset(known)

    def _moves(self, row: Row, side: str, usual: float) -> list[float]:
        """How far a cell must be uncertain upwards and downwards."""
        total, first, second = (abs(float(row[f"{side}_{what}"])) for what in ("total", "first", "second"))
        dominated = 0.0 if row["is_signed"] else self.parameters["p_percent"] / 100 * first - (total - first - second)
        few = self.parameters["small_cell_percent"] / 100 * total
        amount = (dominated if dominated > 1e-12 * total else few) * MARGIN
        if amount > 0:
            return [amount, -amount]
        # That the few report zero is their secret too; it can only be hidden upwards.
        least = self.parameters["p_percent"] / 100 * abs(usual)
        return [least] if least > 0 else []

"""All tables of a release as one system: columns are unknown figures, rows are what everybody knows about them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from expectations.auditor.cells import Codes, Material, Table, Unauditable
from expectations.auditor.lattice import TOLERANCE, equations, levels
from expectations.auditor.rules import Rules

Key = tuple[str, Codes]
UP, DOWN = "up", "down"


@dataclass(frozen=True)
class Goal:
    """A secret, and how far an attacker must stay from it on one side: sum of entries must be able to reach `need`."""

    column: int
    entries: tuple[tuple[int, float], ...]
    need: float
    side: str
    reason: str
    kind: str = "value"


@dataclass
class System:
    """Columns with their truth and the interval that is printed; rows as deviations from the truth."""

    keys: list[Key] = field(default_factory=list)
    index: dict[Key, int] = field(default_factory=dict)
    truth: list[float] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    rows: list[tuple[dict[int, float], float, float]] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    exposed: list[tuple[Key, str]] = field(default_factory=list)
    withheld: dict[int, str] = field(default_factory=dict)
    signed: set[str] = field(default_factory=set)
    same: Mapping[Key, Key] = field(default_factory=dict)

    def column(self, quantity: str, codes: Codes, truth: float) -> int:
        """The column of a figure, made at its first mention; raises if two tables disagree about the truth."""
        key = self.same.get((quantity, codes), (quantity, codes))
        if key not in self.index:
            self.index[key] = len(self.keys)
            self.keys.append(key)
            self.truth.append(truth)
            self.low.append(-np.inf if quantity in self.signed else 0.0)
            self.high.append(np.inf)
        column = self.index[key]
        if abs(self.truth[column] - truth) > TOLERANCE * max(abs(truth), 1e-9):
            raise Unauditable(f"Two tables of {quantity} disagree about a cell that they share.")
        return column

    def print_between(self, column: int, low: float, high: float) -> None:
        """Let everybody know that the figure lies in an interval; raises if the truth does not."""
        slack = TOLERANCE * max(abs(self.truth[column]), 1e-9)
        if not low - slack <= self.truth[column] <= high + slack:
            raise Unauditable(f"{self.keys[column][0]}: what is printed is not what is true.")
        self.low[column], self.high[column] = max(self.low[column], low), min(self.high[column], high)

    def relate(self, entries: dict[int, float], low: float = 0.0, high: float = 0.0) -> None:
        """Add a row: the sum of the deviations lies in an interval around zero."""
        self.rows.append((entries, low, high))

    def matrix(self) -> sparse.csr_matrix:
        """The rows as a matrix."""
        entries = [(r, c, v) for r, (row, _, _) in enumerate(self.rows) for c, v in row.items()]
        r, c, v = (list(part) for part in zip(*entries, strict=True)) if entries else ([], [], [])
        return sparse.csr_matrix((v, (r, c)), shape=(len(self.rows), len(self.keys)), dtype=float)


def tables_as_system(material: Material, rules: Rules) -> System:
    """The tables of a release as a system; `relations.build` adds what links their quantities."""
    system = System(same=material.same)
    linked: dict[str, list[Table]] = defaultdict(list)
    for table in material.tables:
        linked[table.quantity].append(table)
        if table.signed:
            system.signed.add(table.quantity)
    for quantity, tables in linked.items():
        wanted = levels(tables, material.hierarchies)
        for table in tables:
            truth, families = equations(table, material.hierarchies, wanted)
            columns = {codes: system.column(quantity, table.key(codes), value) for codes, value in truth.items()}
            for parent, members in families:
                system.relate({columns[parent]: 1.0} | {columns[member]: -1.0 for member in members})
            _cells(system, table, columns, rules)
    return system


def _cells(system: System, table: Table, columns: dict[tuple[str, ...], int], rules: Rules) -> None:
    signed = table.quantity in system.signed
    for cell in table.cells:
        column = columns[cell.codes]
        reason = rules.reason(cell, signed) if table.secret else ""
        if not cell.suppressed:
            low = cell.true_value if cell.low is None else cell.low
            system.print_between(column, low, cell.true_value if cell.high is None else cell.high)
            if reason:
                system.exposed.append((system.keys[column], reason))
        elif column not in system.withheld:
            system.withheld[column] = reason or "secondary"
            if reason:
                secret(system, column, rules.need(cell, signed), reason)


def secret(system: System, column: int, need: float, reason: str) -> None:
    """Add both sides of a secret."""
    truth, floor = system.truth[column], 0.0 if system.keys[column][0] not in system.signed else -np.inf
    system.goals.append(Goal(column, ((column, 1.0),), need, UP, reason))
    # Nobody can be led to believe less than nothing.
    system.goals.append(Goal(column, ((column, -1.0),), min(need, truth - floor), DOWN, reason))

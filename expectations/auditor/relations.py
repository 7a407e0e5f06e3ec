"""What links quantities: sums of indicators, quotients, and what happened between two releases."""

from dataclasses import replace

import numpy as np

from expectations.auditor.cells import Cell, Change, Material, Ratio, Unauditable
from expectations.auditor.lattice import TOLERANCE
from expectations.auditor.rules import Rules
from expectations.auditor.system import DOWN, UP, Goal, System, secret, tables_as_system


def build(material: Material, rules: Rules) -> System:
    """The whole system of a release."""
    system = tables_as_system(material, rules)
    for relation in material.sums:
        _sum(system, relation.terms)
    for ratio in material.ratios:
        _ratio(system, ratio)
    for change in material.changes:
        _change(system, change, replace(rules, min_contributors=rules.min_changed))
    return system


def _change(system: System, change: Change, rules: Rules) -> None:
    """Add the difference between two releases as an unknown: a joiner is a secret like any other contributor."""
    quantity = f"{change.before[0]} to {change.after[0]}" + ("" if change.grows_only else ", up or down")
    if not change.grows_only:
        system.signed.add(quantity)
    column = system.column(quantity, change.after[1], change.difference)
    before, after = system.index[change.before], system.index[change.after]
    system.relate({after: 1.0, before: -1.0, column: -1.0})
    reason = rules.reason(change.cell)
    if reason:
        secret(system, column, rules.need(change.cell), f"change_{reason}")


def _sum(system: System, terms: tuple[tuple[float, str], ...]) -> None:
    """Add a relation between quantities wherever it is true; where panels differ it is not, and tells nothing."""
    first = terms[0][1]
    for codes in [codes for quantity, codes in system.keys if quantity == first]:
        columns = [(factor, system.index.get((quantity, codes))) for factor, quantity in terms]
        known = {column: factor for factor, column in columns if column is not None}
        size = sum(abs(factor * system.truth[column]) for column, factor in known.items())
        rest = sum(factor * system.truth[column] for column, factor in known.items())
        if len(known) == len(terms) and abs(rest) <= TOLERANCE * size:
            system.relate(known)


def _ratio(system: System, ratio: Ratio) -> None:
    for cell in ratio.quotient.cells:
        codes = ratio.quotient.key(cell.codes)
        top, below = system.index.get((ratio.numerator, codes)), system.index.get((ratio.denominator, codes))
        if top is None or below is None or system.truth[below] <= 0:
            continue
        if cell.suppressed:
            _secret_ratio(system, top, below)
        else:
            _printed_ratio(system, cell, top, below)


def _printed_ratio(system: System, cell: Cell, top: int, below: int) -> None:
    numerator, denominator = system.truth[top], system.truth[below]
    low = cell.true_value if cell.low is None else cell.low
    high = cell.true_value if cell.high is None else cell.high
    slack = TOLERANCE * max(abs(numerator), 1e-9)
    if not low * denominator - slack <= numerator <= high * denominator + slack:
        raise Unauditable(f"{system.keys[top][0]}: what is printed is not the quotient of what is true.")
    system.relate({top: 1.0, below: -low}, min(low * denominator - numerator, 0.0), np.inf)
    system.relate({top: 1.0, below: -high}, -np.inf, max(high * denominator - numerator, 0.0))


def _secret_ratio(system: System, top: int, below: int) -> None:
    """A quotient is a secret if one of its two parts is: as far off, relative to its size, as that part must be."""
    of = [goal for goal in system.goals if goal.column in (top, below) and goal.side == UP and goal.kind == "value"]
    shares = [goal.need / abs(system.truth[goal.column]) for goal in of if system.truth[goal.column]]
    numerator, denominator = system.truth[top], system.truth[below]
    if not shares or numerator <= 0:
        return
    share = min(shares)
    up, down = numerator / denominator * (1 + share), numerator / denominator * max(1 - share, 0.0)
    need, reason = share * numerator, of[0].reason
    # Whoever moves one may move the other: they are looked at together.
    system.relate({top: 1.0, below: -up}, -np.inf, np.inf)
    system.goals.append(Goal(top, ((top, 1.0), (below, -up)), need, UP, reason, "ratio"))
    need = numerator - down * denominator
    system.goals.append(Goal(top, ((top, -1.0), (below, down)), need, DOWN, reason, "ratio"))

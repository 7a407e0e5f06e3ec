"""No withheld cell may be computed exactly, in no measure, even where it is no secret by itself.

A cell that is withheld for the sake of another, or in another measure of its family, would otherwise tell which cells
are the sensitive ones.
"""

import numpy as np

from warehouse.disclosure.pattern import Pattern
from warehouse.disclosure.proofs import Need
from warehouse.disclosure.system import Flags

_SHARE = 0.01


def blur(pattern: Pattern) -> None:
    """Let every withheld cell move a little in every measure that has it; withhold more where that takes more."""
    moving = [np.zeros_like(pattern.withheld) for _ in pattern.values]
    for need, found in zip(pattern.needs, pattern.proofs.of, strict=True):
        if found is not None:
            moving[need.measure][found.cells] = True
    waiting = True
    while waiting:
        waiting = False
        for measure, values in enumerate(pattern.values):
            fixed = pattern.withheld & ~moving[measure] & ~pattern.absent[measure] & (values != 0)
            for cell in np.flatnonzero(fixed).tolist():
                if not moving[measure][cell]:
                    waiting = True
                    moving[measure][cell] = True
                    _move(pattern, moving[measure], Need(cell, _SHARE * float(values[cell]), measure))


def _move(pattern: Pattern, moving: Flags, need: Need) -> None:
    for width, any_cell in pattern.stages():
        cells = pattern.allowed(need, width, any_cell)
        found = pattern.deviate(need, cells, pattern.cost(need, cells))
        if found is not None:
            pattern.withheld[found.cells] = True
            moving[found.cells] = True
            return

"""Which cells add up to which: every margin of a table, printed or not, hidden levels included."""

from collections import defaultdict
from collections.abc import Iterator

from expectations.auditor.cells import TOTAL, Hierarchies, Table, Unauditable

Codes = tuple[str, ...]
TOLERANCE = 1e-6


def ancestors(hierarchies: Hierarchies, dim: str, code: str) -> Iterator[str]:
    """The codes above a code, nearest first; a code that no hierarchy names lies directly under the total."""
    seen = {code}
    while code != TOTAL:
        code = hierarchies.get(dim, {}).get(code, TOTAL)
        if code in seen:
            raise Unauditable(f"The hierarchy of {dim} runs in a circle.")
        seen.add(code)
        yield code


def levels(tables: list[Table], hierarchies: Hierarchies) -> dict[str, set[str]]:
    """By dimension, the codes that occur in linked tables and those between two that occur."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for dim in {dim for table in tables for dim in table.dims}:
        used = {TOTAL} if any(dim not in table.dims for table in tables) else set()
        for table in tables:
            if dim in table.dims:
                position = table.dims.index(dim)
                used |= {cell.codes[position] for cell in table.cells}
        for code in used:
            above = list(ancestors(hierarchies, dim, code))
            last = max((number for number, one in enumerate(above) if one in used), default=-1)
            wanted[dim] |= {code, *above[: last + 1]}
    return wanted


def equations(
    table: Table, hierarchies: Hierarchies, wanted: dict[str, set[str]]
) -> tuple[dict[Codes, float], list[tuple[Codes, list[Codes]]]]:
    """The true value of every cell, unprinted margins included, and every parent with its children.

    Raises `Unauditable` if children do not add up: then what is audited is not what the numbers mean.
    """
    truth = {cell.codes: cell.true_value for cell in table.cells}
    families = []
    for position, dim in enumerate(table.dims):
        depth = {code: len(list(ancestors(hierarchies, dim, code))) for code in wanted[dim]}
        for level in sorted(set(depth.values()), reverse=True):
            codes = {code for code, deep in depth.items() if deep == level}
            children: dict[Codes, list[Codes]] = defaultdict(list)
            for cell in truth:
                parent = next(ancestors(hierarchies, dim, cell[position]), "") if cell[position] in codes else ""
                if parent and parent in wanted[dim]:
                    children[(*cell[:position], parent, *cell[position + 1 :])].append(cell)
            for parent_cell, members in children.items():
                total = sum(truth[member] for member in members)
                size = sum(abs(truth[member]) for member in members)
                if abs(truth.setdefault(parent_cell, total) - total) > TOLERANCE * max(size, abs(total), 1e-9):
                    raise Unauditable(f"{table.name}: a margin over {dim} is not the sum of its parts.")
                families.append((parent_cell, members))
    return truth, families

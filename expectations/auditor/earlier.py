"""Sets a release off against every earlier one: the same cell printed twice tells what happened in between."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import product

from expectations.auditor import cells
from expectations.auditor.cells import TOTAL, Cell, Change, Codes, Contribution, Hierarchies, Material, Table
from expectations.auditor.lattice import ancestors

Key = tuple[str, Codes]
Parts = Mapping[Key, Mapping[str, float]]
SAME = 1e-9


def with_earlier(now: Material, earlier: Mapping[str, Material], digits: int) -> Material:
    """One material of all releases: cells to which nothing happened are one, the others are linked by their change.

    All figures count as printed with `digits` significant digits: differences of exact ones are printed nowhere.
    """
    tables = [_as_printed(table, digits) for table in now.tables]
    contributions, same, changes = list(now.contributions), {}, []
    parts = spread(now.contributions, now.hierarchies)
    printed = {(table.quantity, table.key(cell.codes)): cell for table in now.tables for cell in table.cells}
    for version, before in earlier.items():
        if before.tables and not before.contributions:
            raise cells.Unauditable(
                f"The private panel of release {version} is not there: differences cannot be judged."
            )
        past = spread(before.contributions, before.hierarchies)
        for table in before.tables:
            name = f"{table.quantity}@{version}"
            tables.append(replace(_as_printed(table, digits), name=f"{table.name}@{version}", quantity=name))
            for cell in table.cells:
                key = (table.quantity, table.key(cell.codes))
                if key in printed:
                    moved = _moved(past.get(key, {}), parts.get(key, {}))
                    if moved:
                        changes.append(_change((name, key[1]), key, moved))
                    else:
                        same[name, key[1]] = key
        contributions += [replace(one, quantity=f"{one.quantity}@{version}") for one in before.contributions]
    return replace(now, tables=tuple(tables), contributions=tuple(contributions), same=same, changes=tuple(changes))


def spread(contributions: Iterable[Contribution], hierarchies: Hierarchies) -> Parts:
    """What each group adds to each cell and each margin."""
    found: dict[Key, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    # Many groups stand in few places: what lies above a place is looked up once.
    places: dict[Codes, list[Codes]] = {}
    for one in contributions:
        if one.codes not in places:
            places[one.codes] = _above(one.codes, hierarchies)
        for codes in places[one.codes]:
            found[one.quantity, codes][one.group] += one.value
    return found


def _above(place: Codes, hierarchies: Hierarchies) -> list[Codes]:
    lines = [[(dim, code), *((dim, above) for above in ancestors(hierarchies, dim, code))] for dim, code in place]
    return [tuple(sorted((dim, code) for dim, code in codes if code != TOTAL)) for codes in product(*lines)]


def _as_printed(table: Table, digits: int) -> Table:
    return replace(table, cells=tuple(_rounded(cell, digits) for cell in table.cells))


def _rounded(cell: Cell, digits: int) -> Cell:
    if cell.suppressed:
        return cell
    low, high = cells.rounded(float(f"{cell.true_value:.{digits - 1}e}"), digits)
    return replace(cell, low=low, high=high)


def _moved(before: Mapping[str, float], after: Mapping[str, float]) -> list[float]:
    """What each group changed, of those that did."""
    groups = before.keys() | after.keys()
    moves = [(after.get(group, 0.0) - before.get(group, 0.0), group) for group in groups]
    size = {group: max(abs(after.get(group, 0.0)), abs(before.get(group, 0.0))) for group in groups}
    changed = [move for move, group in moves if abs(move) > SAME * size[group]]
    # A group that adds nothing and was not there before changes who is counted, not what is printed.
    return sorted(changed, key=abs, reverse=True)


def _change(before: Key, after: Key, moved: list[float]) -> Change:
    sizes = [abs(move) for move in moved]
    cell = Cell((), sum(sizes), True, len(sizes), sizes[0], sizes[1] if len(sizes) > 1 else 0.0)
    return Change(before, after, cell, sum(moved), min(moved) >= 0)

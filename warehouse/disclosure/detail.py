"""How fine benchmark tables may be: one of which too much is sensitive gives way to a coarser one."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from warehouse.disclosure.system import TOTAL, Codes, Trees

# From fine to coarse: the depth of the sector (2 sectors, 1 sections, 0 all) and of the other dimension.
_CHAINS = {
    "region": ((2, 2), (2, 1), (1, 2), (1, 1), (0, 2), (0, 1)),
    "size_class": ((2, 1), (1, 1), (0, 1)),
}
_OTHER = {"region": 1, "size_class": 2}


@dataclass(frozen=True)
class Detail:
    """The tables of one family: the cells of each by its dimensions, and what is withheld as a whole."""

    tables: dict[str, list[Codes]]
    refused: list[Codes]

    def tables_of(self, cell: Codes) -> list[str]:
        """Return the dimensions of the tables that show a cell."""
        return [dims for dims, cells in self.tables.items() if cell in cells]


class Levels:
    """Depths of codes in the trees; a code without further levels below is as deep as the tree."""

    def __init__(self, trees: Trees) -> None:
        self._trees = [trees[name] for name in ("sector", "region", "size_class")]
        self._inner = [set(tree.values()) for tree in self._trees]
        self._tallest = [max((self._above(tree, code) for code in tree), default=0) for tree in self._trees]

    @staticmethod
    def _above(tree: Mapping[str, str], code: str) -> int:
        found = 0
        while code in tree:
            code, found = tree[code], found + 1
        return found

    def fits(self, cell: Codes, dimension: int, depth: int) -> bool:
        """Whether a code is at most as deep; a leaf high up stands for all levels below it."""
        return self._above(self._trees[dimension], cell[dimension]) <= depth

    def is_leaf(self, cell: Codes, dimension: int) -> bool:
        """Whether nothing lies below a code."""
        return cell[dimension] not in self._inner[dimension]


def detail(trees: Trees, cells: Collection[Codes], sensitive: Collection[Codes], limit: float) -> Detail:
    """Choose the finest tables with at most `limit` sensitive cells; cells are (sector, region, size class)."""
    levels, hidden = Levels(trees), set(sensitive)
    base = [c for c in cells if c[1] == TOTAL and c[2] == TOTAL]
    tables = {"sector": base}
    refused = [c for c in base if levels.is_leaf(c, 0) and c[0] != TOTAL] if _too_many(base, hidden, limit) else []
    for name, chain in _CHAINS.items():
        other = _OTHER[name]
        whole = [c for c in cells if c[3 - other] == TOTAL]
        for sector_depth, depth in chain:
            table = [c for c in whole if levels.fits(c, 0, sector_depth) and levels.fits(c, other, depth)]
            broken_down = any(c[other] != TOTAL for c in table)
            if broken_down and not (refused and sector_depth == 2) and not _too_many(table, hidden, limit):
                tables[f"sector,{name}" if sector_depth else name] = table
                break
    return Detail(tables, refused)


def _too_many(table: list[Codes], hidden: set[Codes], limit: float) -> bool:
    return sum(c in hidden for c in table) > limit * len(table)

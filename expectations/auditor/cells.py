"""What an auditor gets: tables, hierarchies, contributions of company groups; see docs/audit_export.md."""

from collections.abc import Mapping
from dataclasses import dataclass, field

TOTAL = "_T"
Codes = tuple[tuple[str, str], ...]
Hierarchies = Mapping[str, Mapping[str, str]]


class Unauditable(Exception):
    """The material does not fit together, so nothing can be said; the message says what is wrong, without values."""


@dataclass(frozen=True)
class Cell:
    """One cell: what is true, and what is printed (`low` to `high`, equal if exact; None where nothing is)."""

    codes: tuple[str, ...]
    true_value: float
    suppressed: bool
    n: int
    top1: float = 0.0
    top2: float = 0.0
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Table:
    """Cells over some dimensions; tables of one `quantity` are linked by the margins they share."""

    name: str
    quantity: str
    dims: tuple[str, ...]
    cells: tuple[Cell, ...]
    # Only what is secret by itself needs protection; the number of companies in a mean, for example, is not.
    secret: bool = True

    @property
    def signed(self) -> bool:
        """Whether contributions may be negative, so that nobody can use that they are not."""
        return any(min(cell.true_value, cell.top1, cell.top2) < 0 for cell in self.cells)

    def key(self, codes: tuple[str, ...]) -> Codes:
        """A cell independent of its table: the codes that are no totals."""
        return tuple(sorted((d, c) for d, c in zip(self.dims, codes, strict=True) if c != TOTAL))


@dataclass(frozen=True)
class Contribution:
    """What one company group adds to one leaf of a quantity."""

    quantity: str
    codes: Codes
    group: str
    value: float


@dataclass(frozen=True)
class Sum:
    """A linear relation that holds in every cell that all its quantities have: sum of factor times quantity is 0."""

    terms: tuple[tuple[float, str], ...]


@dataclass(frozen=True)
class Ratio:
    """Numerator, denominator and printed quotient of the same cells."""

    numerator: str
    denominator: str
    quotient: Table


@dataclass(frozen=True)
class Change:
    """How one cell differs between two releases; what changed hands has a size, and perhaps needs protection."""

    before: tuple[str, Codes]
    after: tuple[str, Codes]
    cell: Cell
    difference: float
    grows_only: bool


@dataclass(frozen=True)
class Material:
    """Everything about one release that the auditor looks at."""

    tables: tuple[Table, ...]
    hierarchies: Hierarchies
    contributions: tuple[Contribution, ...] = ()
    sums: tuple[Sum, ...] = ()
    ratios: tuple[Ratio, ...] = ()
    # Cells of earlier releases to which nothing happened since, with the cell of today that they are.
    same: Mapping[tuple[str, Codes], tuple[str, Codes]] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()


def rounded(value: float, digits: int) -> tuple[float, float]:
    """The interval of true values behind a figure that was rounded to significant digits."""
    if value == 0:
        return 0.0, 0.0
    exponent = int(f"{abs(value):e}".split("e")[1])
    half = 0.5 * 10.0 ** (exponent - digits + 1)
    return value - half, value + half

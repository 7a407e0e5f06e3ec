"""The truths planted in the sample: who, what and when, independent of the seed."""

from dataclasses import dataclass, field
from datetime import date

from console.sample_network.expected import Expected, expected_values
from console.sample_network.planted_facts import (
    CHAIN_BUYER,
    HUB,
    LAPSED,
    MEASURED,
    UNKNOWN_ORIGIN,
    WRONG_UNIT,
)


@dataclass(frozen=True)
class Hub:
    """A supplier that every chain depends on: every brand reaches it, and nobody else sells its category."""

    company: str = HUB
    category: str = "XX-TAG"
    minimum_buyers: int = 60


@dataclass(frozen=True)
class Concentration:
    """A goods code that one country dominates, and one that no country dominates, among imports into the EU."""

    hs6: str = "850760"
    country: str = "CN"
    minimum_share: float = 0.85
    unflagged_hs6: str = "040210"
    years: tuple[int, ...] = (2023, 2024, 2025)


@dataclass(frozen=True)
class Decoupling:
    """How one sector's emissions move against its value added between 2023 and 2025."""

    sector: str
    state: str
    decoupling_class: str


@dataclass(frozen=True)
class Lapse:
    """Companies covered by a certificate on the first day and no longer on the second."""

    companies: tuple[str, ...] = LAPSED
    covered_on: date = date(2024, 12, 31)
    lapsed_on: date = date(2025, 12, 31)


@dataclass(frozen=True)
class WrongUnit:
    """A company that sends kilowatt-hours under the label of megawatt-hours."""

    company: str = WRONG_UNIT
    question: str = "electricity_mwh"
    year: int = 2025
    ratio: float = 1000.0


@dataclass(frozen=True)
class Withheld:
    """A question that too few groups of a sector answer, so its benchmark cell stays closed."""

    sector: str = "CB"
    question: str = "output_qty"
    item: str = ""
    groups: int = 4


@dataclass(frozen=True)
class Planted:
    """Everything the sample is known to contain, for tests and for the demo."""

    hub: Hub = Hub()
    concentration: Concentration = Concentration()
    decoupled: Decoupling = Decoupling("CA", "strong_decoupling", "absolute")
    coupled: Decoupling = Decoupling("CB", "expansive_negative_decoupling", "none")
    lapse: Lapse = Lapse()
    wrong_unit: WrongUnit = WrongUnit()
    withheld: Withheld = Withheld()
    withheld_scope3: Withheld = Withheld(question="scope3_t", item="12")
    unknown_origin: str = UNKNOWN_ORIGIN
    chain_buyer: str = CHAIN_BUYER
    measured: str = MEASURED
    expected: tuple[Expected, ...] = field(default_factory=expected_values)


PLANTED = Planted()

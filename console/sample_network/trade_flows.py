"""Bilateral trade of the sample's goods among its countries, with one dominated and one undominated goods code."""

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from console.sample_network import planted_facts as facts
from console.sample_network.catalogue import CATEGORIES
from console.sample_network.chance import stream
from console.sample_network.figures import COUNTRIES, EU, YEARS

# These goods come from UN Comtrade, all others from BACI: no flow is delivered twice.
LEGACY_GOODS = ("090111", "180100")
API_GOODS = ("854231",)
DOMINATED = "850760"
UNDOMINATED = "040210"


@dataclass(frozen=True)
class Flow:
    """Goods of one code from one country to another in one year."""

    year: int
    exporter: str
    importer: str
    hs6: str
    thousand_usd: float
    tonnes: float


def trade(seed: int) -> list[Flow]:
    """Draw the trade of every goods code and year."""
    rng = stream(seed, "trade")
    flows: list[Flow] = []
    for category in CATEGORIES:
        sizes = {code: rng.lognormvariate(0, 1.0) for code in COUNTRIES}
        for year in YEARS:
            flows += _flows(category.hs6, year, sizes, rng)
    return flows


def baci_goods() -> tuple[str, ...]:
    """Give the goods codes of the BACI files."""
    return tuple(item.hs6 for item in CATEGORIES if item.hs6 not in (*LEGACY_GOODS, *API_GOODS))


def planted_value(hs6: str, exporter: str, importer: str) -> float | None:
    """Give the planted value in thousand US dollars of the first year, None where the value is drawn."""
    tables = {
        DOMINATED: (facts.BATTERY_IMPORTS, facts.BATTERY_INSIDE, facts.BATTERY_EXPORTS),
        UNDOMINATED: (facts.MILK_IMPORTS, facts.MILK_INSIDE, facts.MILK_EXPORTS),
    }
    if hs6 not in tables:
        return None
    imports, inside, exports = tables[hs6]
    if importer in EU:
        return inside if exporter in EU else imports[exporter]
    return exports if exporter in EU else None


def _flows(hs6: str, year: int, sizes: dict[str, float], rng: Random) -> Iterable[Flow]:
    growth = 1.05 ** (year - YEARS[0])
    for exporter in COUNTRIES:
        for importer in COUNTRIES:
            if exporter == importer:
                continue
            drawn = 400 * sizes[exporter] * rng.lognormvariate(0, 0.4)
            planted = planted_value(hs6, exporter, importer)
            value = round((drawn if planted is None else planted * 1_000) * growth, 3)
            yield Flow(year, exporter, importer, hs6, value, round(value / 8, 3))

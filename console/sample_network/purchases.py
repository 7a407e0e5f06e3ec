"""Purchase lines of all buyers, in several currencies and with some unknown production countries."""

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from random import Random

from console.sample_network import planted_facts as facts
from console.sample_network.catalogue import CATEGORY
from console.sample_network.chance import stream
from console.sample_network.figures import COUNTRIES, EU, YEARS, eur_per_unit, price_level
from console.sample_network.relations import Relation
from console.sample_network.writing import Row, number, write_csv

COLUMNS = (
    "buyer_id",
    "line_id",
    "supplier_id",
    "category_id",
    "item_id",
    "hs6",
    "spend",
    "currency",
    "qty",
    "unit",
    "mass_t",
    "production_site_id",
    "production_country",
    "delivery_date",
    "clause_anti_corruption",
    "alternatives_qualified",
)
UNKNOWN_COUNTRY_SHARE = 0.07
EUR_PER_TONNE = {"CA": 2_500.0, "CB": 9_000.0, "CI": 60_000.0}
# Only the food sector sends masses for a part of its lines: the others show the spend-based way.
WEIGHED_SHARE = {"CA": 0.3, "CB": 0.15, "CI": 0.0}


def purchase_rows(relations: list[Relation], year: int, seed: int) -> list[Row]:
    """Give every purchase line of one year, in the order of buyers and relations."""
    rng = stream(seed, "purchases", year)
    counters: dict[str, int] = {}
    rows = list(_planted(year))
    for relation in relations:
        parts = [rng.uniform(0.5, 1.5) for _ in range(rng.choice((1, 1, 2, 2)))]
        for part in parts:
            buyer = relation.buyer.company_id
            counters[buyer] = counters.get(buyer, 0) + 1
            rows.append(_line(relation, part / sum(parts), year, counters[buyer], rng))
    return rows


def write_purchases(path: Path, rows: Iterable[Row]) -> Path:
    """Write purchase lines of one or more buyers."""
    return write_csv(path, COLUMNS, rows)


def line_id(year: int, place: int) -> str:
    """Give the id of a buyer's line, which no other year uses."""
    return f"L{year}-{place:05}"


def _line(relation: Relation, share: float, year: int, place: int, rng: Random) -> Row:
    buyer, supplier, category = relation.buyer, relation.supplier, CATEGORY[relation.category]
    growth = (1 + buyer.sector.purchase_growth) ** (year - YEARS[0])
    real = relation.spend * share * growth * rng.uniform(0.99, 1.01)
    currency = rng.choice(_currencies(buyer.country, supplier.country))
    weighed = rng.random() < WEIGHED_SHARE[buyer.sector.code]
    mass = real / EUR_PER_TONNE[category.sector]
    unknown = buyer.company_id == facts.UNKNOWN_ORIGIN or rng.random() < UNKNOWN_COUNTRY_SHARE
    produced = supplier.country if rng.random() < 0.88 else rng.choice(supplier.sector.countries)
    eur = real * price_level(_priced_in(buyer.country, None if unknown else produced), year) / 100
    return {
        "buyer_id": buyer.company_id,
        "line_id": line_id(year, place),
        "supplier_id": supplier.company_id,
        "category_id": category.category_id,
        "item_id": f"{category.category_id}-{1 + rng.randrange(2)}",
        "hs6": category.hs6,
        "spend": number(eur / eur_per_unit(currency, year), 2),
        "currency": currency,
        "qty": number(mass * 1000, 1) if weighed else None,
        "unit": "kg" if weighed else None,
        "mass_t": number(mass, 4) if weighed else None,
        "production_country": None if unknown else produced,
        "delivery_date": date(year, 1, 1) + timedelta(days=rng.randrange(365)),
        "clause_anti_corruption": rng.choice(("true", "true", "false")),
        "alternatives_qualified": relation.alternatives,
    }


def _priced_in(buyer: str, produced: str | None) -> str:
    """Prices follow the producing country; Turkish ones rise so fast that contracts follow the buyer's instead."""
    return buyer if produced in (None, "TR") else str(produced)


def _currencies(buyer: str, supplier: str) -> tuple[str, ...]:
    own = COUNTRIES[buyer].currency
    if supplier in EU:
        return (own, "EUR", "EUR")
    return (own, "USD", "CNY") if supplier == "CN" else (own, "USD")


def _planted(year: int) -> Iterable[Row]:
    """Split each planted spend into two halves of the year, so that the shares stay exact."""
    halves = [(spend, month) for spend in facts.CHAIN_LINES for month in (3, 10)]
    for place, (spend, month) in enumerate(halves, start=1):
        yield {
            "buyer_id": facts.CHAIN_BUYER,
            "line_id": line_id(year, place),
            "supplier_id": spend.supplier,
            "category_id": spend.category,
            "item_id": f"{spend.category}-1",
            "hs6": CATEGORY[spend.category].hs6,
            "spend": number(spend.spend / 2, 2),
            "currency": "EUR",
            "production_country": spend.production_country or None,
            "delivery_date": date(year, month, 15),
            "clause_anti_corruption": "true",
            "alternatives_qualified": spend.alternatives,
        }

"""Transport legs of the sample: one per shipment, within a region, within a country, and over the sea.

The legs of the chain buyer are planted: they are the golden case G11 of the catalogue.
"""

from datetime import date, timedelta
from random import Random

from console.sample_network import planted_facts as facts
from console.sample_network.catalogue import CATEGORY
from console.sample_network.chance import stream
from console.sample_network.companies import Company
from console.sample_network.figures import EU
from console.sample_network.purchases import EUR_PER_TONNE
from console.sample_network.relations import Relation
from console.sample_network.writing import Row, number

REGIONS = 3
UNKNOWN_DISTANCE_SHARE = 0.05
SHIPMENTS = 2
# Bulky goods that no purchase line of the sample shows; they come from near by.
NEARBY = ("packaging", "gravel", "timber")
# Tonnes, kilometres, within the region, mode.
CHAIN_LEGS = ((100, 40, True, "road"), (60, 300, True, "rail"), (30, 1500, False, "road"), (10, 9000, False, "sea"))
# Somewhere in the country; only legs without a distance need it.
PLACES = {
    "DE": (50.9, 10.3), "FR": (46.6, 2.5), "IT": (42.8, 12.8), "PL": (52.0, 19.3), "CZ": (49.8, 15.5),
    "NL": (52.2, 5.4), "CN": (35.0, 104.0), "VN": (16.0, 107.9), "BD": (23.9, 90.2), "TR": (39.1, 35.2),
    "IN": (22.4, 79.0), "US": (39.5, -98.6),
}  # fmt: skip


def region(company: Company, seed: int) -> str:
    """Give the invented region of a company, the same wherever it is named."""
    return f"{company.country}-R{stream(seed, 'region', company.company_id).randint(1, REGIONS)}"


def leg_rows(relations: list[Relation], year: int, seed: int) -> list[Row]:
    """Give the legs of one year that bring goods to the brands and to their direct suppliers."""
    rng = stream(seed, "legs", year)
    regions = {one.company_id: region(one, seed) for pair in relations for one in (pair.buyer, pair.supplier)}
    rows = _planted(year)
    for relation in relations:
        if relation.buyer.tier <= 1:
            rows += [_leg(relation, regions, year, len(rows) + place, rng) for place in range(SHIPMENTS)]
    buyers = {one.buyer.company_id: one.buyer for one in relations if one.buyer.tier <= 1}
    for buyer in buyers.values():
        rows += [_near(buyer, regions[buyer.company_id], good, year, len(rows), rng) for good in NEARBY]
    return rows


def _planted(year: int) -> list[Row]:
    buyer = facts.CHAIN_BUYER
    return [
        {"entity_id": buyer, "leg_id": f"LP{year}-{place}", "shipment_id": f"SP{year}-{place}", "supplier_id": "",
         "material": "planted", "hs6": "", "origin_site_id": "", "origin_country": "DE" if near else "PL",
         "origin_region": "DE-R1" if near else "PL-R1", "destination_site_id": f"{buyer}-S1",
         "destination_country": "DE", "destination_region": "DE-R1", "region_scheme": "network", "mass_t": mass,
         "distance_km": distance, "distance_source": "route", "transport_mode": mode,
         "shipped_at": date(year, 6, 1), "delivered_at": date(year, 6, 30)}
        for place, (mass, distance, near, mode) in enumerate(CHAIN_LEGS, start=1)
    ]  # fmt: skip


def _near(buyer: Company, here: str, good: str, year: int, place: int, rng: Random) -> Row:
    shipped = date(year, 1, 1) + timedelta(days=rng.randrange(330))
    return {
        "entity_id": buyer.company_id, "leg_id": f"LN{year}-{place:05}-{good}", "material": good,
        "origin_country": buyer.country, "origin_region": here, "destination_site_id": f"{buyer.company_id}-S1",
        "destination_country": buyer.country, "destination_region": here, "region_scheme": "network",
        "mass_t": number(buyer.headcount * rng.uniform(0.5, 4)), "distance_km": number(rng.uniform(5, 90), 0),
        "distance_source": "route", "transport_mode": "road", "shipped_at": shipped, "delivered_at": shipped,
    }  # fmt: skip


def _leg(relation: Relation, regions: dict[str, str], year: int, place: int, rng: Random) -> Row:
    buyer, supplier, category = relation.buyer, relation.supplier, CATEGORY[relation.category]
    start, end = regions[supplier.company_id], regions[buyer.company_id]
    distance, mode = _way(supplier.country, buyer.country, start == end, rng)
    shipped = date(year, 1, 1) + timedelta(days=rng.randrange(330))
    row: dict[str, str | int | float | date | None] = {
        "entity_id": buyer.company_id, "leg_id": f"LG{year}-{place:05}", "shipment_id": f"SH{year}-{place:05}",
        "supplier_id": supplier.company_id, "material": category.category_id, "hs6": category.hs6,
        "origin_site_id": f"{supplier.company_id}-S1", "origin_country": supplier.country, "origin_region": start,
        "destination_site_id": f"{buyer.company_id}-S1", "destination_country": buyer.country,
        "destination_region": end, "region_scheme": "network",
        "mass_t": number(relation.spend / SHIPMENTS / EUR_PER_TONNE[category.sector] * rng.uniform(0.9, 1.1)),
        "distance_km": number(distance, 0), "distance_source": "route", "transport_mode": mode,
        "shipped_at": shipped, "delivered_at": shipped + timedelta(days=2 if mode == "road" else 34),
    }  # fmt: skip
    if rng.random() < UNKNOWN_DISTANCE_SHARE:
        row |= {"distance_km": None, "distance_source": ""}
        row |= dict(zip(("origin_lat", "origin_lon"), PLACES[supplier.country], strict=True))
        row |= dict(zip(("destination_lat", "destination_lon"), PLACES[buyer.country], strict=True))
    return row


def _way(origin: str, destination: str, same_region: bool, rng: Random) -> tuple[float, str]:
    if same_region:
        return rng.uniform(15, 120), "road"
    if origin == destination:
        return rng.uniform(150, 700), rng.choice(("road", "road", "rail"))
    if {origin, destination} <= {*EU}:
        return rng.uniform(300, 1_600), rng.choice(("road", "rail", "inland_water"))
    return rng.uniform(7_000, 19_000), rng.choice(("sea", "sea", "sea", "air"))

"""Stocks, incidents and answers to them in the sample; the stocks of the chain buyer are planted."""

from datetime import date, timedelta
from random import Random

from console.sample_network import planted_facts as facts
from console.sample_network.chance import stream
from console.sample_network.companies import Company
from console.sample_network.relations import Relation
from console.sample_network.writing import Row, number

DAYS = (date(2024, 12, 31), date(2025, 12, 31))
UNKNOWN_RECOVERY_SHARE = 0.1
# Item, supplier, on hand, pipeline, demand, alternative, days to recover, margin: the golden case G9 of the catalogue.
CHAIN_ITEMS = (
    ("J1", "C0015", 1200, 300, 50, 10, 60, 40), ("J2", "C0018", 400, 0, 20, 0, 14, 35),
    ("J3", "C0021", 100, 50, 30, 5, 30, 120), ("J4", "C0027", 80, 0, 10, 12, 45, 60),
)  # fmt: skip
# Crisis, kind, country, first day, how long: each hits those who buy from that country.
CRISES = (
    ("K-2024-1", "logistics", "CN", date(2024, 3, 4), 40),
    ("K-2025-1", "natural_hazard", "VN", date(2025, 8, 18), 25),
)
SINGLE = 30
KINDS = ("supplier_failure", "quality", "cyber", "labour_dispute", "energy", "export_restriction")
ANSWERS = ("second_source", "buffer_stock", "rerouting", "shared_stock", "shared_capacity", "information")


def planted_stock_rows(day: date) -> list[Row]:
    """Give the stocks of the chain buyer, whose time to survive the catalogue works out."""
    names = ("item_id", "supplier_id", "on_hand_units", "pipeline_units", "demand_units_per_day",
             "alt_units_per_day", "ttr_days", "unit_margin")  # fmt: skip
    known: Row = {"entity_id": facts.CHAIN_BUYER, "site_id": f"{facts.CHAIN_BUYER}-S1", "as_of": day,
                  "critical_flag": "true", "currency": "EUR"}  # fmt: skip
    return [{**known, **dict(zip(names, item, strict=True)), "spend": 100_000} for item in CHAIN_ITEMS]


def stock_rows(relations: list[Relation], day: date, seed: int) -> list[Row]:
    """Give the stocks of the other brands and of their direct suppliers, one item per relation."""
    rng = stream(seed, "stocks", day.year)
    rows: list[Row] = []
    for relation in relations:
        if relation.buyer.tier > 1 or (relation.buyer.tier == 1 and relation.buyer.number % 3):
            continue
        demand = rng.uniform(5, 80)
        known = rng.random() >= UNKNOWN_RECOVERY_SHARE
        buyer, supplier = relation.buyer.company_id, relation.supplier.company_id
        rows.append({
            "entity_id": buyer, "site_id": f"{buyer}-S1", "item_id": f"{relation.category}-{supplier}",
            "category_id": relation.category, "supplier_id": supplier, "as_of": day,
            "critical_flag": "true" if rng.random() < 0.4 else "false",
            "on_hand_units": number(demand * rng.uniform(3, 45), 0), "demand_units_per_day": number(demand, 1),
            "pipeline_units": number(demand * rng.uniform(0, 15), 0),
            "alt_units_per_day": number(demand * rng.choice((0.0, 0.0, 0.3, 0.6, 1.1)), 1),
            "ttr_days": rng.randint(7, 90) if known else None, "unit_margin": number(rng.uniform(2, 90), 2),
            "spend": number(relation.spend, 2), "currency": "EUR",
            "alternatives_qualified": relation.alternatives, "requalification_days": rng.randint(30, 240),
        })  # fmt: skip
    return rows


def incident_rows(relations: list[Relation], seed: int) -> list[Row]:
    """Give the incidents: two crises that hit many, and single ones; the last are not over yet."""
    rng = stream(seed, "incidents")
    direct = [one for one in relations if one.buyer.tier == 0]
    rows: list[Row] = []
    for crisis, kind, country, began, days in CRISES:
        hit = {one.buyer.company_id: one for one in direct if one.supplier.country == country}
        for relation in hit.values():
            later = {"crisis_id": crisis, "incident_id": f"I-{crisis[2:]}"}
            rows.append({**later, **_incident(relation, kind, began + timedelta(days=rng.randrange(6)), days, rng)})
    for place, relation in enumerate(rng.sample(direct, SINGLE)):
        began = date(2024, 1, 5) + timedelta(days=24 * place + rng.randrange(10))
        rows.append({
            "incident_id": f"I-{place:04}", **_incident(relation, rng.choice(KINDS), began, rng.randint(3, 60), rng)
        })  # fmt: skip
    return rows


def _incident(relation: Relation, kind: str, began: date, days: int, rng: Random) -> dict[str, str | date | None]:
    noticed = began + timedelta(days=rng.randint(0, 5))
    answered = noticed + timedelta(days=rng.randint(1, 12))
    ended, recovered = began + timedelta(days=days), began + timedelta(days=days + rng.randint(5, 60))
    open_still = recovered > DAYS[-1]
    return {
        "incident_type": kind, "entity_id": relation.buyer.company_id, "supplier_id": relation.supplier.company_id,
        "category_id": relation.category, "country": relation.supplier.country, "began_at": began,
        "ended_at": None if open_still else ended, "detected_at": noticed,
        "informed_at": noticed + timedelta(days=rng.randint(0, 4)), "responded_at": answered,
        "recovered_at": None if open_still else recovered,
        "capacity_lost_share": number(rng.uniform(0.1, 1), 2), "loss": number(rng.uniform(5e3, 9e5), 0),
        "currency": "EUR", "had_joint_plan": "true" if rng.random() < 0.35 else "false",
    }  # fmt: skip


def response_rows(incidents: list[Row], companies: list[Company], seed: int) -> list[Row]:
    """Give the answers to the incidents; where there was a joint plan, another member helps."""
    rng = stream(seed, "responses")
    helpers = [company.company_id for company in companies if company.tier == 1]
    rows: list[Row] = []
    for place, incident in enumerate(incidents):
        joint = incident["had_joint_plan"] == "true"
        rows.append({
            "response_id": f"RS-{place:04}", "incident_id": incident["incident_id"],
            "entity_id": rng.choice(helpers) if joint else incident["entity_id"],
            "helped_entity_id": incident["entity_id"] if joint else "", "response_type": rng.choice(ANSWERS),
            "is_joint": "true" if joint else "false", "response_started_at": incident["responded_at"],
            "effect_share": number(rng.uniform(0.1, 0.9) + (0.1 if joint else 0), 2),
        })  # fmt: skip
    return rows

"""Who buys what from whom: every company of a tier buys from the next tier, and all of tier 1 from the hub."""

from dataclasses import dataclass
from random import Random

from console.sample_network import planted_facts as facts
from console.sample_network.catalogue import TAG, offered
from console.sample_network.chance import stream
from console.sample_network.companies import Company, tier

# Suppliers a buyer adds to those it must take so that every company has a customer.
EXTRA_SUPPLIERS = ((7, 9), (2, 4), (2, 4))
TAG_SHARE = 0.01


@dataclass(frozen=True)
class Relation:
    """One buyer, supplier and category with the yearly spend at prices of 2020 before growth."""

    buyer: Company
    supplier: Company
    category: str
    spend: float
    alternatives: int


def connect(companies: list[Company], seed: int) -> list[Relation]:
    """Draw the relations of all buyers but the chain buyer, whose lines are planted."""
    rng = stream(seed, "relations")
    sold = {company.company_id: _sold(company, rng) for company in companies}
    relations: list[Relation] = []
    for level in range(3):
        buyers, sellers = tier(companies, level), tier(companies, level + 1)
        for buyer in buyers:
            suppliers = _suppliers(buyer, buyers, sellers, rng)
            if buyer.company_id != facts.CHAIN_BUYER:
                relations += _buy(buyer, suppliers, sold, rng)
    hub = next(company for company in companies if company.company_id == facts.HUB)
    for buyer in tier(companies, 1):
        spend = TAG_SHARE * _budget(buyer) * rng.uniform(0.7, 1.3)
        relations.append(Relation(buyer, hub, TAG, spend, 0))
    return relations


def _sold(company: Company, rng: Random) -> tuple[str, ...]:
    names = [category.category_id for category in offered(company.sector.code)]
    return tuple(rng.sample(names, rng.choice((1, 1, 2))))


def _suppliers(buyer: Company, buyers: list[Company], sellers: list[Company], rng: Random) -> list[Company]:
    peers = [other for other in buyers if other.sector == buyer.sector and other.company_id != facts.CHAIN_BUYER]
    same = [seller for seller in sellers if seller.sector == buyer.sector and seller.company_id != facts.HUB]
    must = [seller for place, seller in enumerate(same) if peers[place % len(peers)] is buyer]
    more = [seller for seller in rng.sample(same, rng.randint(*EXTRA_SUPPLIERS[buyer.tier])) if seller not in must]
    return must + more


def _buy(buyer: Company, suppliers: list[Company], sold: dict[str, tuple[str, ...]], rng: Random) -> list[Relation]:
    weights = [rng.lognormvariate(0, 0.8) for _ in suppliers]
    qualified = {category: rng.choice((0, 1, 1, 2, 3)) for category in sorted(sum(sold.values(), ()))}
    return [
        Relation(
            buyer,
            supplier,
            category,
            _budget(buyer) * weight / sum(weights) / len(sold[supplier.company_id]),
            qualified[category],
        )
        for supplier, weight in zip(suppliers, weights, strict=True)
        for category in sold[supplier.company_id]
    ]


def _budget(buyer: Company) -> float:
    first = min(buyer.turnover)
    return 0.6 * (buyer.turnover[first] - buyer.value_added[first])

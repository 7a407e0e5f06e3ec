"""The companies of the sample: four tiers, three sectors, twelve countries, about thirty groups."""

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from console.sample_network import planted_facts as facts
from console.sample_network.catalogue import SECTORS, Sector
from console.sample_network.chance import stream
from console.sample_network.figures import EU, YEARS

TIER_ENDS = (12, 82, 210, 400)
GROUPS = 32
# Log-normal turnover per tier: median in million euros and spread of the logarithm.
TURNOVER = ((220.0, 0.5), (45.0, 0.8), (16.0, 0.9), (3.5, 0.9))


@dataclass(frozen=True)
class Company:
    """One company; money is in euros at prices of 2020 and keyed by year."""

    company_id: str
    number: int
    tier: int
    sector: Sector
    country: str
    nace: str
    group_id: str
    headcount: int
    turnover: dict[int, float]
    value_added: dict[int, float]
    energy_mwh: dict[int, float]

    @property
    def name(self) -> str:
        """Give the invented name, which says that it is invented."""
        return f"Synthetic {self.sector.word} {self.number:04} (synthetic)"


def found_companies(seed: int) -> list[Company]:
    """Create all companies in the order of their numbers."""
    rng = stream(seed, "companies")
    groups = _groups(stream(seed, "groups"))
    return [_found(number, groups, rng) for number in range(1, TIER_ENDS[-1] + 1)]


def tier(companies: Iterable[Company], level: int) -> list[Company]:
    """Select the companies of one tier."""
    return [company for company in companies if company.tier == level]


def identifier(number: int) -> str:
    """Give the company id of a number."""
    return f"C{number:04}"


def _found(number: int, groups: dict[str, str], rng: Random) -> Company:
    company_id = identifier(number)
    level = next(place for place, end in enumerate(TIER_ENDS) if number <= end)
    sector = SECTORS[(number - 1) % len(SECTORS)]
    median, spread = TURNOVER[level]
    country = _country(level, sector, rng)
    drawn = median * rng.lognormvariate(0, spread)
    country = facts.COUNTRY.get(company_id, country)
    base = min(facts.TURNOVER_MEUR.get(company_id, drawn), 30 * median) * 1e6
    added_share = rng.uniform(0.24, 0.36)
    intensity = rng.uniform(0.00006, 0.00014)
    per_head = (210_000 if country in (*EU, "US") else 80_000) * rng.uniform(0.8, 1.25)
    growth = [(1 + sector.value_added_growth) ** step * rng.uniform(0.995, 1.005) for step in range(len(YEARS))]
    energy = [(1 + sector.energy_growth) ** step * rng.uniform(0.985, 1.015) for step in range(len(YEARS))]
    return Company(
        company_id=company_id,
        number=number,
        tier=level,
        sector=sector,
        country=country,
        nace=rng.choice(sector.nace),
        group_id=groups.get(company_id, ""),
        headcount=max(3, round(base / per_head)),
        turnover={year: base * factor for year, factor in zip(YEARS, growth, strict=True)},
        value_added={year: base * added_share * factor for year, factor in zip(YEARS, growth, strict=True)},
        energy_mwh={year: base * intensity * factor for year, factor in zip(YEARS, energy, strict=True)},
    )


def _country(level: int, sector: Sector, rng: Random) -> str:
    if level == 0:
        return rng.choice((*EU, "DE", "FR", "US"))
    home = rng.random() < (0.6, 0.6, 0.45, 0.3)[level]
    if home:
        return rng.choice((*EU, "PL", "CZ"))
    # Prices in Türkiye rise too fast for smooth purchase series, so Turkish companies stay at the last tier.
    abroad = sector.countries if level == 3 else tuple(code for code in sector.countries if code != "TR")
    return "TR" if level == 3 and rng.random() < 0.06 else rng.choice((*abroad, "US"))


def _groups(rng: Random) -> dict[str, str]:
    fixed = {facts.HUB, facts.CHAIN_BUYER, facts.MEASURED, facts.WRONG_UNIT, facts.UNKNOWN_ORIGIN}
    planted = fixed | set(facts.GROUPS) | {line.supplier for line in facts.CHAIN_LINES}
    free = [identifier(number) for number in range(13, 401) if identifier(number) not in planted]
    groups = dict(facts.GROUPS)
    for group in range(2, GROUPS + 1):
        for member in rng.sample(free, rng.randint(2, 4)):
            free.remove(member)
            groups[member] = f"G{group:03}"
    return groups

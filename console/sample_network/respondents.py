"""Who answers in which year, and the habits of each company that answers."""

from console.sample_network import planted_facts as facts
from console.sample_network.chance import stream
from console.sample_network.companies import Company
from console.sample_network.figures import YEARS
from console.sample_network.questions import Profile, draw_profile

SILENT_SHARE = {2023: 0.14, 2024: 0.11, 2025: 0.09}
# Only companies in the lower half of the turnovers stay silent, so that coverage by weight is high in every year.
SILENT_BELOW = 0.5
# Companies of each sector that send their output; in textiles only four groups do.
OUTPUT_COMPANIES = {"CA": 40, "CB": 4, "CI": 24}
SCOPE3_COMPANIES = 26
ALWAYS = frozenset((facts.MEASURED, facts.WRONG_UNIT, facts.HUB, facts.CHAIN_BUYER))


def profiles(companies: list[Company], seed: int) -> dict[str, Profile]:
    """Draw the habits of every company."""
    rng = stream(seed, "profiles")
    producers = _producers(companies)
    return {
        company.company_id: draw_profile(
            rng, output=company.company_id in producers, scope3=company.number <= SCOPE3_COMPANIES
        )
        for company in companies
    }


def respondents(companies: list[Company], year: int, seed: int) -> list[Company]:
    """Give the companies that answer in a year."""
    rng = stream(seed, "respondents", year)
    producers = _producers(companies)
    small = sorted(companies, key=lambda company: company.turnover[YEARS[0]])[: int(len(companies) * SILENT_BELOW)]
    quiet = [company for company in small if company.company_id not in ALWAYS | producers]
    silent = {company.company_id for company in rng.sample(quiet, round(len(companies) * SILENT_SHARE[year]))}
    return [company for company in companies if company.company_id not in silent]


def _producers(companies: list[Company]) -> set[str]:
    chosen: set[str] = set()
    for sector, wanted in OUTPUT_COMPANIES.items():
        single = [company for company in companies if company.sector.code == sector and not company.group_id]
        chosen |= {company.company_id for company in single[5 : 5 + wanted]}
    return chosen

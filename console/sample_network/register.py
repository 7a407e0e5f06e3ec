"""The company register: one file a year with the master data of every company."""

from datetime import date
from pathlib import Path
from random import Random

from console.sample_network.chance import stream
from console.sample_network.companies import Company
from console.sample_network.figures import COUNTRIES, local_amount
from console.sample_network.writing import Row, number, write_csv

COLUMNS = (
    "entity_id",
    "name",
    "parent_group_id",
    "entity_type",
    "country",
    "region_code",
    "lat",
    "lon",
    "nace",
    "headcount",
    "fte",
    "turnover",
    "balance_sheet",
    "value_added",
    "intermediate_purchases",
    "currency",
    "fiscal_year_start",
    "fiscal_year_end",
)


def write_register(path: Path, companies: list[Company], year: int, seed: int) -> Path:
    """Write the register of one year."""
    rng = stream(seed, "register", year)
    return write_csv(path, COLUMNS, [_row(company, year, rng) for company in companies])


def _row(company: Company, year: int, rng: Random) -> Row:
    def money(constant_eur: float) -> str:
        return number(local_amount(constant_eur, company.country, year), 2)

    turnover, added = company.turnover[year], company.value_added[year]
    headcount = max(2, round(company.headcount * rng.uniform(0.97, 1.03)))
    return {
        "entity_id": company.company_id,
        "name": company.name,
        "parent_group_id": company.group_id,
        "entity_type": "company",
        "country": company.country,
        "nace": company.nace,
        "headcount": headcount,
        "fte": number(headcount * 0.93, 1),
        "turnover": money(turnover),
        "balance_sheet": money(turnover * 0.7),
        "value_added": money(added),
        "intermediate_purchases": money(turnover - added),
        "currency": COUNTRIES[company.country].currency,
        "fiscal_year_start": date(year, 1, 1),
        "fiscal_year_end": date(year, 12, 31),
    }

"""A workbook of climate targets in the 2025 layout of the public target register, with invented content."""

from datetime import date
from pathlib import Path
from random import Random

from console.sample_network.chance import stream
from console.sample_network.companies import Company
from console.sample_network.figures import COUNTRIES, EU
from console.sample_network.writing import LABEL, Row, write_workbook

COLUMNS = (
    "sbti_id",
    "company_name",
    "isin",
    "lei",
    "organization_type",
    "location",
    "region",
    "sector",
    "near_term_status",
    "near_term_target_classification",
    "near_term_target_year",
    "long_term_status",
    "long_term_target_classification",
    "long_term_target_year",
    "net_zero_status",
    "net_zero_year",
    "full_target_language",
    "ba15_status",
    "ba15_date",
    "target_classification_long",
    "reason_for_extension_or_removal",
    "date_updated",
)


def write_targets(path: Path, companies: list[Company], seed: int) -> Path:
    """Write the targets of the brands and of some of their suppliers."""
    rng = stream(seed, "targets")
    chosen = [company for company in companies if company.tier == 0]
    chosen += rng.sample([company for company in companies if company.tier == 1], 28)
    return write_workbook(path, "Data", COLUMNS, [_row(company, rng) for company in chosen])


def _row(company: Company, rng: Random) -> Row:
    set_already = rng.random() < 0.75
    cut, year = rng.choice((30, 42, 46)), rng.choice((2030, 2031, 2032))
    wording = (
        f"{company.name} commits to reduce absolute scope 1 and 2 GHG emissions {cut}% by {year} from 2020 ({LABEL})."
    )
    return {
        "sbti_id": 90_000_000 + company.number,
        "company_name": company.name,
        "organization_type": "Corporate" if company.headcount >= 250 else "SME",
        "location": COUNTRIES[company.country].name,
        "region": "Europe" if company.country in EU else "Synthetic region outside Europe",
        "sector": f"Synthetic {company.sector.word}",
        "near_term_status": "Targets set" if set_already else "Committed",
        "near_term_target_classification": rng.choice(("1.5°C", "Well-below 2°C")) if set_already else None,
        "near_term_target_year": year if set_already else None,
        "full_target_language": wording if set_already else None,
        "date_updated": date(2024, rng.randint(1, 12), rng.randint(1, 28)),
    }

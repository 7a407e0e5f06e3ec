"""Incentive programmes and living labs in the sample, and which companies take part."""

from datetime import date, timedelta

from console.sample_network.chance import stream
from console.sample_network.companies import Company
from console.sample_network.writing import LABEL, Row

# Programme, kind, provider and its kind, KPI, mean amount in euros, condition.
PROGRAMMES = (
    ("P-HEAT", "grant", "Synthetic region", "regional", "E11", 90_000, "renewable share of 40 %"),
    ("P-LOAN", "loan", "Synthetic bank", "bank", "E12", 400_000, "energy intensity falls by 10 %"),
    ("P-PREMIUM", "price_premium", "Synthetic brand", "company", "C01", 25_000, "a certificate is kept"),
    ("P-ADVICE", "free_advice", "Synthetic association", "network", "S06", 3_000, ""),
    ("LAB-DYE", "living_lab", "Synthetic university", "network", "E13", 0, ""),
    ("LAB-REUSE", "living_lab", "Synthetic university", "network", "E17", 0, ""),
)
TAKING_PART = 14


def participation_rows(companies: list[Company], seed: int) -> list[Row]:
    """Give one row per programme and beneficiary; small companies first."""
    rng = stream(seed, "incentives")
    small = [company for company in companies if 0 < company.tier < 3]
    rows: list[Row] = []
    for programme, kind, provider, provider_kind, kpi, mean, condition in PROGRAMMES:
        for company in rng.sample(small, TAKING_PART):
            start = date(2024, 1, 1) + timedelta(days=rng.randrange(600))
            met = rng.random() < 0.7
            rows.append({
                "programme_id": programme, "programme_kind": kind, "programme_title": f"{programme} ({LABEL})",
                "provider_name": provider, "provider_kind": provider_kind, "beneficiary_id": company.company_id,
                "country": company.country, "started_at": start,
                "ended_at": start + timedelta(days=365) if start.year == 2024 else None,
                "amount": round(mean * rng.uniform(0.4, 1.8)) if mean else None, "currency": "EUR" if mean else "",
                "kpi_id": kpi, "condition": condition,
                "condition_met": ("true" if met else "false") if condition and start.year == 2024 else "",
                "condition_checked_at": date(2025, 12, 1) if condition and start.year == 2024 else None,
            })  # fmt: skip
    return rows

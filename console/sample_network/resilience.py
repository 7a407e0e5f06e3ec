"""What network measures need beside purchases: what buyers spend on all inputs, and how countries are governed."""

from pathlib import Path

from console.sample_network.chance import stream
from console.sample_network.figures import COUNTRIES, YEARS, eur_per_unit
from console.sample_network.network import OFFICE, SampleNetwork
from console.sample_network.purchases import purchase_rows
from console.sample_network.questions import Sheet
from console.sample_network.relations import connect
from console.sample_network.respondents import profiles, respondents
from console.sample_network.survey import write_answers
from console.sample_network.writing import Row, number, write_csv

GOVERNANCE = ("va", "pv", "ge", "rq", "rl", "cc")
COLUMNS = (
    "countryname", "code", "year", "indicator", "estimate", "stddev", "nsource", "pctrank", "pctranklower",
    "pctrankupper",
)  # fmt: skip
# Spend on all inputs per unit of spend that the purchase lines show: the rest went to nobody that a buyer named.
UNSEEN = (1.02, 1.3)


def deliver_resilience(sample: SampleNetwork) -> None:
    """Write the answers on all input spend of each year, and one edition of governance estimates."""
    for year in YEARS:
        path = sample.place("supplier_survey", OFFICE, f"synthetic_input_spend_{year}.csv")
        rows = input_spend_rows(sample, year)
        sample.add("supplier_survey", write_answers(path, rows), f"spend on all inputs, {year}")
    path = sample.place("country_context", OFFICE, "synthetic_governance.csv")
    sample.add("country_context", write_governance(path, sample.seed), "invented governance estimates")


def input_spend_rows(sample: SampleNetwork, year: int) -> list[Row]:
    """Answer the question on all input spend for every buyer that takes part in the survey of the year."""
    seen: dict[str, float] = {}
    for row in purchase_rows(connect(sample.companies, sample.seed), year, sample.seed):
        amount = float(str(row["spend"])) * eur_per_unit(str(row["currency"]), year)
        seen[str(row["buyer_id"])] = seen.get(str(row["buyer_id"]), 0.0) + amount
    habits, rows = profiles(sample.companies, sample.seed), list[Row]()
    for company in respondents(sample.companies, year, sample.seed):
        rng = stream(sample.seed, "input spend", company.company_id, year)
        if company.company_id in seen:
            sheet = Sheet(company, year, habits[company.company_id], 0.0, rng)
            total = seen[company.company_id] * rng.uniform(*UNSEEN)
            sheet.add("total_input_spend", number(total, 2), "EUR", currency="EUR")
            rows += sheet.rows
    return rows


def write_governance(path: Path, seed: int) -> Path:
    """Write six estimates per country and year, in the publisher's layout."""
    rng = stream(seed, "governance")
    rows: list[Row] = []
    for country in COUNTRIES:
        level = rng.uniform(-1.2, 1.6)
        for indicator in GOVERNANCE:
            own = level + rng.uniform(-0.4, 0.4)
            rows += [_estimate(country, year, indicator, own + rng.uniform(-0.05, 0.05)) for year in YEARS]
    return write_csv(path, COLUMNS, rows)


def _estimate(country: str, year: int, indicator: str, value: float) -> Row:
    return {
        "countryname": COUNTRIES[country].name,
        "code": COUNTRIES[country].iso3,
        "year": year,
        "indicator": indicator,
        "estimate": number(value, 4),
        "stddev": "0.2",
        "nsource": 8,
    }

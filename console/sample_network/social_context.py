"""Living wages of each country by two methods, and the pay in kind of those who answer."""

from console.sample_network.chance import stream
from console.sample_network.companies import Company
from console.sample_network.figures import CONTEXT_YEARS, COUNTRIES, EU, local_amount
from console.sample_network.further_answers import JOBS, LAST_TIER, YEARS
from console.sample_network.network import OFFICE, SampleNetwork
from console.sample_network.questions import Profile, Sheet
from console.sample_network.respondents import profiles, respondents
from console.sample_network.survey import write_answers
from console.sample_network.writing import LABEL, Row, number, write_csv

SURVEY, CONTEXT = "supplier_survey", "local_context"
WAGE_COLUMNS = (
    "area",
    "country",
    "year",
    "amount",
    "currency",
    "method",
    "household",
    "publisher",
    "edition",
    "licence",
)
# Living wage of a month in euros at prices of 2020, in the EU and the US, and elsewhere; two methods, as in practice.
RICH_WAGE, POOR_WAGE = 1_750.0, 255.0
METHODS = {"Anker": 1.0, "WageIndicator": 1.06}


def deliver_social(sample: SampleNetwork) -> None:
    """Write living wages, then one file of answers on pay in kind per year."""
    path = sample.place(CONTEXT, OFFICE, "synthetic_living_wages.csv")
    sample.add(CONTEXT, write_csv(path, WAGE_COLUMNS, _wages()), "invented living wages of two methods")
    habits = profiles(sample.companies, sample.seed)
    for year in YEARS:
        rows: list[Row] = []
        for company in respondents(sample.companies, year, sample.seed):
            if company.tier <= LAST_TIER:
                rows += _answers(company, year, habits[company.company_id], sample.seed)
        path = sample.place(SURVEY, OFFICE, f"synthetic_survey_pay_in_kind_{year}.csv")
        sample.add(SURVEY, write_answers(path, rows), f"answers on pay in kind, {year}")


def _wages() -> list[Row]:
    return [
        {
            "area": country.name,
            "country": code,
            "year": year,
            "amount": number(local_amount(RICH_WAGE if code in (*EU, "US") else POOR_WAGE, code, year) * part, 2),
            "currency": country.currency,
            "method": method,
            "household": "typical family",
            "publisher": LABEL,
            "edition": f"synthetic {year}",
            "licence": LABEL,
        }
        for code, country in COUNTRIES.items()
        for year in CONTEXT_YEARS
        for method, part in METHODS.items()
    ]


def _answers(company: Company, year: int, profile: Profile, seed: int) -> list[Row]:
    sheet = Sheet(company, year, profile, 0.01, stream(seed, "social", company.company_id))
    currency = COUNTRIES[company.country].currency
    for job in JOBS:
        for gender in ("female", "male"):
            amount = local_amount(sheet.rng.choice((0.0, 0.0, 12.0)), company.country, year)
            sheet.add("in_kind_month", number(amount, 2), currency, f"{job}|{gender}", currency=currency)
    return [{**row, "survey_version": ""} for row in sheet.rows]

"""Grievances of the first two tiers: when each case was opened and closed; who had none says so."""

from datetime import date, timedelta

from console.sample_network.chance import stream
from console.sample_network.companies import Company
from console.sample_network.further_answers import LAST_TIER, SOURCE, YEARS
from console.sample_network.network import OFFICE, SampleNetwork
from console.sample_network.questions import Profile, Sheet
from console.sample_network.respondents import profiles, respondents
from console.sample_network.survey import write_answers
from console.sample_network.writing import Row

CASES, OPEN_SHARE = (0, 1, 3, 6), 0.2


def deliver_grievances(sample: SampleNetwork) -> None:
    """Write one file with the cases of all years."""
    habits = profiles(sample.companies, sample.seed)
    rows: list[Row] = []
    for year in YEARS:
        for company in respondents(sample.companies, year, sample.seed):
            if company.tier <= LAST_TIER:
                rows += _cases(company, year, habits[company.company_id], sample.seed)
    path = sample.place(SOURCE, OFFICE, "synthetic_survey_grievances.csv")
    sample.add(SOURCE, write_answers(path, rows), "grievances of brands and their suppliers")


def _cases(company: Company, year: int, profile: Profile, seed: int) -> list[Row]:
    rng = stream(seed, "grievances", company.company_id, year)
    sheet = Sheet(company, year, profile, 0.0, rng)
    count = rng.choice(CASES)
    if not count:
        sheet.add("case_opened", 0.0)
    for number in range(count):
        item, opened = f"{year}-{number + 1}", date(year, 1, 1) + timedelta(days=rng.randrange(330))
        sheet.add("case_opened", opened.isoformat(), item=item)
        closed = opened + timedelta(days=rng.randint(5, 200))
        if closed.year == year and rng.random() >= OPEN_SHARE:
            sheet.add("case_closed", closed.isoformat(), item=item)
    return [{**row, "survey_version": ""} for row in sheet.rows]

"""Answers on water, waste, material, wages, working time, representation and conduct of the first two tiers."""

from console.sample_network.chance import stream
from console.sample_network.companies import Company
from console.sample_network.figures import COUNTRIES, EU, local_amount
from console.sample_network.network import OFFICE, SampleNetwork
from console.sample_network.questions import Profile, Sheet
from console.sample_network.respondents import profiles, respondents
from console.sample_network.survey import write_answers
from console.sample_network.writing import Row, number

SOURCE, YEARS, LAST_TIER = "supplier_survey", (2024, 2025), 1
TREATMENTS = {"r3": 0.25, "r4": 0.3, "r1": 0.15, "d1": 0.2, "d10|hazardous": 0.1}
SYSTEMS = ("environment", "energy", "safety", "continuity", "due_diligence", "anti_corruption", "information_security")
# Job category: share of the workforce, basic wage of a month in euros at prices of 2020, in the EU and elsewhere.
JOBS = {"operator": (0.7, 1_900.0, 260.0), "technician": (0.2, 2_700.0, 420.0), "office": (0.1, 3_300.0, 700.0)}
YES = ("yes", "yes", "yes", "no", "unknown")


def deliver_further(sample: SampleNetwork) -> None:
    """Write one file of further answers per year; the first questionnaire stays as it was."""
    habits = profiles(sample.companies, sample.seed)
    for year in YEARS:
        rows: list[Row] = []
        for company in respondents(sample.companies, year, sample.seed):
            if company.tier <= LAST_TIER:
                rows += _answers(company, year, habits[company.company_id], sample.seed)
        path = sample.place(SOURCE, OFFICE, f"synthetic_survey_further_{year}.csv")
        sample.add(SOURCE, write_answers(path, rows), f"further answers of brands and their suppliers, {year}")


def _answers(company: Company, year: int, profile: Profile, seed: int) -> list[Row]:
    # The same draws in every year: what moves from year to year is the company, not chance.
    sheet = Sheet(company, year, profile, 0.02, stream(seed, "further", company.company_id))
    add_flows(sheet)
    _work(sheet)
    _conduct(sheet)
    # These come from reports of the companies, not from a version of the questionnaire.
    return [{**row, "survey_version": ""} for row in sheet.rows]


def add_flows(sheet: Sheet) -> None:
    """Answer the questions on water, waste and material."""
    company, rng = sheet.company, sheet.rng
    tonnes = company.turnover[sheet.year] / 4_000
    withdrawal = tonnes * rng.uniform(2, 30)
    sheet.add("withdrawal_m3", withdrawal, "m3")
    sheet.add("discharge_m3", withdrawal * rng.uniform(0.5, 0.9), "m3")
    for treatment, share in TREATMENTS.items():
        sheet.add("waste_t", tonnes * 0.05 * share * rng.uniform(0.7, 1.3), "t", treatment)
    for material in (f"{company.sector.word.lower()}_fibre", "packaging"):
        mass = tonnes * (1.2 if material != "packaging" else 0.1)
        sheet.add("input_t", mass, "t", material)
        sheet.add("recycled_t", mass * rng.uniform(0, 0.5), "t", material)
        sheet.add("reused_t", mass * rng.uniform(0, 0.05), "t", material)


def _work(sheet: Sheet) -> None:
    company, year, rng = sheet.company, sheet.year, sheet.rng
    currency = COUNTRIES[company.country].currency
    for job, (share, rich, poor) in JOBS.items():
        for gender, part in (("female", 0.4), ("male", 0.6)):
            item, workers = f"{job}|{gender}", round(company.headcount * share * part)
            wage = (rich if company.country in (*EU, "US") else poor) * rng.uniform(0.8, 1.3)
            wage *= 0.94 if gender == "female" else 1.0
            amount = local_amount(wage, company.country, year)
            sheet.add("n_workers", float(workers), "persons", item)
            sheet.add("basic_wage_month", number(amount, 2), currency, item, currency=currency)
            sheet.add("guaranteed_bonus_month", number(amount / 24, 2), currency, item, currency=currency)
            sheet.add("standard_weekly_hours", float(rng.choice((40, 44, 48, 54))), "h", item)
            sheet.add("gross_pay_total", number(amount * 12.5 * workers, 2), currency, item, currency=currency)
            sheet.add("hours_paid", float(workers * 1_900), "h", item)
    weeks = float(company.headcount * 46)
    sheet.add("worker_weeks_total", weeks, "count")
    sheet.add("worker_weeks_over_48", float(round(weeks * rng.uniform(0, 0.3))), "count")
    sheet.add("worker_weeks_over_60", float(round(weeks * rng.uniform(0, 0.05))), "count")
    sheet.add("workers_total", float(company.headcount), "persons")
    sheet.add("workers_cba", float(round(company.headcount * rng.choice((0.0, 0.4, 0.9)))), "persons")
    sheet.add("gm_access_workers", float(round(company.headcount * rng.choice((0.5, 0.8, 1.0)))), "persons")
    sheet.add("worker_representation", rng.choice(YES))


def _conduct(sheet: Sheet) -> None:
    rng = sheet.rng
    for number_ in range(1, 9):
        sheet.add(f"gm_criteria_{number_}", rng.choice(YES))
    for principle in range(1, 11):
        sheet.add(f"ungc_level_p{principle}", float(rng.choice((0, 1, 2, 2, 3, 4))), "index")
    for step in range(1, 7):
        sheet.add(f"ddg_step_{step}", rng.choice(YES))
    for system in SYSTEMS:
        sheet.add("ms_status", rng.choice(("in_force", "in_force", "planned", "absent")), item=system)
    functions = rng.randint(3, 20)
    sheet.add("risk_functions", float(functions), "count")
    sheet.add("risk_functions_trained", float(rng.randint(0, functions)), "count")
    sheet.add("sites_total", 1.0, "count")
    sheet.add("sites_assessed", float(rng.random() < 0.6), "count")
    sheet.add("convictions", 0.0, "count")
    sheet.add("fines", 0.0, "EUR", currency="EUR")

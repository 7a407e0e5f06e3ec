"""The survey deliveries: bulk files, a workbook, single suppliers, a correction and a broken transfer."""

from datetime import date

from console.sample_network import broken
from console.sample_network import planted_facts as facts
from console.sample_network.answers import answer_rows
from console.sample_network.figures import YEARS
from console.sample_network.network import OFFICE, SampleNetwork
from console.sample_network.questions import Profile
from console.sample_network.respondents import profiles, respondents
from console.sample_network.survey import write_answer_workbook, write_answers
from console.sample_network.writing import Row

SOURCE = "supplier_survey"
LAST = YEARS[-1]
WORKBOOK_COMPANIES = tuple(f"C{number:04}" for number in range(30, 46))
ALONE = {(facts.MEASURED, facts.MEASURED_YEAR), (facts.WRONG_UNIT, LAST)}


def deliver_answers(sample: SampleNetwork) -> None:
    """Write the answers of each year, in bulk, as workbook and from single suppliers."""
    habits = profiles(sample.companies, sample.seed)
    single: dict[str, list[Row]] = {}
    workbook: list[Row] = []
    for year in YEARS:
        bulk: list[Row] = []
        for company in respondents(sample.companies, year, sample.seed):
            rows = answer_rows(company, year, habits[company.company_id], sample.seed)
            if (company.company_id, year) in ALONE:
                single[company.company_id] = rows
            elif year == LAST and company.company_id in WORKBOOK_COMPANIES:
                workbook += rows
            else:
                bulk += rows
        path = sample.place(SOURCE, OFFICE, f"synthetic_survey_answers_{year}.csv")
        sample.add(SOURCE, write_answers(path, bulk), f"answers collected by the office, {year}")
    path = sample.place(SOURCE, "buyer-c0001", f"synthetic_survey_answers_C0001_{LAST}.xlsx")
    sample.add(SOURCE, write_answer_workbook(path, workbook), "answers of suppliers of one brand")
    for company_id, rows in single.items():
        _deliver_single(sample, company_id, rows)
    _deliver_cut(sample, habits)


def _deliver_single(sample: SampleNetwork, company_id: str, rows: list[Row]) -> None:
    measured = company_id == facts.MEASURED
    first = [_first(row) if measured else row for row in rows]
    path = sample.place(SOURCE, f"supplier-{company_id.lower()}", f"synthetic_survey_answers_{company_id}.csv")
    slipped = company_id == facts.WRONG_UNIT
    sample.add(SOURCE, write_answers(path, first), "answers of one supplier", "held" if slipped else "accepted")
    if measured:
        later = broken.answered_later(rows, facts.CORRECTED_QUESTION, date(facts.MEASURED_YEAR + 1, 5, 20))
        path = path.with_name(f"synthetic_survey_correction_{company_id}.csv")
        sample.add(SOURCE, write_answers(path, later), "a later correction of one answer")


def _first(row: Row) -> Row:
    return {**row, "value": facts.FIRST_RECORDABLE} if row["question_id"] == facts.CORRECTED_QUESTION else row


def _deliver_cut(sample: SampleNetwork, habits: dict[str, Profile]) -> None:
    company = next(company for company in sample.companies if company.company_id == facts.TRUNCATED)
    path = sample.place(SOURCE, f"supplier-{facts.TRUNCATED.lower()}", "synthetic_survey_answers_cut.csv")
    broken.write_cut_answers(path, answer_rows(company, LAST, habits[company.company_id], sample.seed))
    sample.add(SOURCE, path, "a transfer that broke inside a quoted field", "rejected")

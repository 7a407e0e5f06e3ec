"""The deliveries of each source, one function per source, in the order of arrival."""

from collections.abc import Callable
from datetime import date

from console.sample_network import broken, context, trade_files
from console.sample_network import planted_facts as facts
from console.sample_network.answers import answer_rows, profiles, respondents
from console.sample_network.certificates import issue_certificates, write_snapshot
from console.sample_network.figures import YEARS
from console.sample_network.network import SampleNetwork
from console.sample_network.purchases import purchase_rows, write_purchases
from console.sample_network.register import write_register
from console.sample_network.relations import connect
from console.sample_network.survey import write_answer_workbook, write_answers, write_requests
from console.sample_network.targets import write_targets
from console.sample_network.trade_flows import API_GOODS, LEGACY_GOODS, baci_goods, trade
from console.sample_network.writing import Row

OFFICE = "network-office"
LAST = YEARS[-1]
WORKBOOK_COMPANIES = tuple(f"C{number:04}" for number in range(30, 46))
RELEASE = "V202501"


def deliver_context(sample: SampleNetwork) -> None:
    """Write exchange rates, deflators and emission factors."""
    writers = {
        "fx_rates": context.write_fx_rates,
        "deflators": context.write_deflators,
        "emission_factors": context.write_emission_factors,
    }
    for name, write in writers.items():
        path = sample.place("context_data", OFFICE, f"synthetic_{name}.csv")
        sample.add("context_data", write(path), f"invented {name.replace('_', ' ')}")


def deliver_register(sample: SampleNetwork) -> None:
    """Write the register and the survey requests of each year."""
    for year in YEARS:
        path = sample.place("company_register", OFFICE, f"synthetic_company_register_{year}.csv")
        sample.add("company_register", write_register(path, sample.companies, year, sample.seed), f"master data {year}")
    for year in YEARS:
        path = sample.place("survey_requests", OFFICE, f"synthetic_survey_requests_{year}.csv")
        sample.add("survey_requests", write_requests(path, sample.companies, year), f"campaign for {year}")


def deliver_purchases(sample: SampleNetwork) -> None:
    """Write the purchase lines of three buying companies and, through the office, of all others."""
    relations = connect(sample.companies, sample.seed)
    rows = {year: purchase_rows(relations, year, sample.seed) for year in YEARS}
    late = rows[LAST][-broken.LATE_LINES - 70 : -70]
    held_back = {(row["buyer_id"], row["line_id"]) for row in late}

    def write(sender: str, name: str, chosen: list[Row], note: str) -> None:
        path = sample.place("purchase_lines", sender, f"synthetic_purchase_lines_{name}.csv")
        sample.add("purchase_lines", write_purchases(path, chosen), note)

    for year in YEARS:
        write("buyer-c0001", f"C0001_{year}", _of("C0001", rows[year]), f"lines of one brand, {year}")
    for buyer in ("C0002", "C0003"):
        every = [row for year in YEARS for row in _of(buyer, rows[year])]
        write(f"buyer-{buyer.lower()}", buyer, every, "lines of one brand, three years in one file")
    for year in YEARS:
        others = [row for row in rows[year] if row["buyer_id"] not in ("C0001", "C0002", "C0003")]
        kept = [row for row in others if year != LAST or (row["buyer_id"], row["line_id"]) not in held_back]
        write(OFFICE, f"{year}", kept, f"lines of all other buyers, {year}")
    path = sample.place("purchase_lines", OFFICE, f"synthetic_purchase_lines_{LAST}_late.csv")
    broken.write_faulty_purchases(path, late)
    sample.add("purchase_lines", path, "late lines, some of them wrong", "partly_quarantined", broken.BAD_ROWS)
    original = sample.place("purchase_lines", "buyer-c0001", "synthetic_purchase_lines_C0001_2024.csv")
    path = broken.repeat(original, original.with_name("synthetic_purchase_lines_C0001_2024_again.csv"))
    sample.add("purchase_lines", path, "the same bytes under another name", "duplicate")


def deliver_answers(sample: SampleNetwork) -> None:
    """Write the answers of each year, in bulk, as workbook and from single suppliers."""
    habits = profiles(sample.companies, sample.seed)
    alone = {(facts.MEASURED, facts.MEASURED_YEAR), (facts.WRONG_UNIT, LAST)}
    single: dict[str, list[Row]] = {}
    workbook: list[Row] = []
    for year in YEARS:
        bulk: list[Row] = []
        for company in respondents(sample.companies, year, sample.seed):
            rows = answer_rows(company, year, habits[company.company_id], sample.seed)
            if (company.company_id, year) in alone:
                single[company.company_id] = rows
            elif year == LAST and company.company_id in WORKBOOK_COMPANIES:
                workbook += rows
            else:
                bulk += rows
        path = sample.place("supplier_survey", OFFICE, f"synthetic_survey_answers_{year}.csv")
        sample.add("supplier_survey", write_answers(path, bulk), f"answers collected by the office, {year}")
    path = sample.place("supplier_survey", "buyer-c0001", f"synthetic_survey_answers_C0001_{LAST}.xlsx")
    sample.add("supplier_survey", write_answer_workbook(path, workbook), "answers of suppliers of one brand")
    _deliver_single_answers(sample, single)
    cut = next(company for company in sample.companies if company.company_id == facts.TRUNCATED)
    path = sample.place("supplier_survey", f"supplier-{facts.TRUNCATED.lower()}", "synthetic_survey_answers_cut.csv")
    broken.write_cut_answers(path, answer_rows(cut, LAST, habits[cut.company_id], sample.seed))
    sample.add("supplier_survey", path, "a transfer that broke inside a quoted field", "rejected")


def _deliver_single_answers(sample: SampleNetwork, single: dict[str, list[Row]]) -> None:
    recordable = "recordable_injuries"
    for company_id, rows in single.items():
        sender = f"supplier-{company_id.lower()}"
        first = [_first(row) if company_id == facts.MEASURED else row for row in rows]
        path = sample.place("supplier_survey", sender, f"synthetic_survey_answers_{company_id}.csv")
        sample.add("supplier_survey", write_answers(path, first), "answers of one supplier")
        if company_id == facts.MEASURED:
            later = broken.answered_later(rows, recordable, date(facts.MEASURED_YEAR + 1, 5, 20))
            path = path.with_name(f"synthetic_survey_correction_{company_id}.csv")
            sample.add("supplier_survey", write_answers(path, later), "a later correction of one answer")


def _first(row: Row) -> Row:
    return {**row, "value": facts.FIRST_RECORDABLE} if row["question_id"] == "recordable_injuries" else row


def deliver_certificates(sample: SampleNetwork) -> None:
    """Write two snapshots of the certificate register and the target workbook."""
    issued = issue_certificates(sample.companies, sample.seed)
    for day in (date(2025, 7, 1), date(2026, 1, 15)):
        path = sample.place("certification_registry", "registry", f"synthetic_certificates_{day.isoformat()}.csv")
        write_snapshot(path, sample.companies, issued, day, sample.seed)
        sample.add("certification_registry", path, f"certificates as the register stood on {day.isoformat()}")
    path = sample.place("certification_registry", "registry", "synthetic_companies_taking_action_2025.xlsx")
    sample.add("certification_registry", write_targets(path, sample.companies, sample.seed), "climate targets")


def deliver_trade(sample: SampleNetwork) -> None:
    """Write BACI's years and code lists and two layouts of UN Comtrade; BACI's readers know its files by name."""
    flows = trade(sample.seed)
    lists = {"country_codes": trade_files.write_country_codes, "product_codes_HS22": trade_files.write_product_codes}
    for name, write in lists.items():
        path = sample.place("trade_data", "cepii", f"{name}_{RELEASE}.csv")
        sample.add("trade_data", write(path), "invented list in the layout of BACI")
    for year in YEARS:
        path = sample.place("trade_data", "cepii", f"BACI_HS22_Y{year}_{RELEASE}.csv")
        chosen = [flow for flow in flows if flow.hs6 in baci_goods()]
        sample.add(
            "trade_data", trade_files.write_baci(path, chosen, year), f"invented trade in the layout of BACI, {year}"
        )
    path = sample.place("trade_data", "comtrade", "synthetic_comtrade_export.csv")
    trade_files.write_legacy(path, [flow for flow in flows if flow.hs6 in LEGACY_GOODS])
    sample.add("trade_data", path, "invented trade in UN Comtrade's old export")
    path = sample.place("trade_data", "comtrade", "synthetic_comtrade_api.csv")
    trade_files.write_api(path, [flow for flow in flows if flow.hs6 in API_GOODS])
    sample.add("trade_data", path, "invented trade in the layout of UN Comtrade's API")


def _of(buyer: str, rows: list[Row]) -> list[Row]:
    return [row for row in rows if row["buyer_id"] == buyer]


STEPS: tuple[Callable[[SampleNetwork], None], ...] = (
    deliver_context,
    deliver_register,
    deliver_purchases,
    deliver_answers,
    deliver_certificates,
    deliver_trade,
)

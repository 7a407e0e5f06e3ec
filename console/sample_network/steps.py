"""The deliveries of each source, one function per source, in the order of arrival."""

from collections.abc import Callable
from datetime import date

from console.sample_network import broken, context
from console.sample_network.certificates import issue_certificates, write_snapshot
from console.sample_network.circularity import deliver_circularity
from console.sample_network.figures import YEARS
from console.sample_network.footprints import deliver_footprints
from console.sample_network.further_answers import deliver_further
from console.sample_network.grievances import deliver_grievances
from console.sample_network.network import OFFICE, WARNED, SampleNetwork
from console.sample_network.own_templates import deliver_own
from console.sample_network.purchases import purchase_rows, write_purchases
from console.sample_network.register import write_register
from console.sample_network.relations import connect
from console.sample_network.resilience import deliver_resilience
from console.sample_network.social_context import deliver_social
from console.sample_network.survey import write_requests
from console.sample_network.survey_deliveries import deliver_answers
from console.sample_network.targets import write_targets
from console.sample_network.trade_deliveries import deliver_trade
from console.sample_network.writing import Row

LAST = YEARS[-1]
# Buyers that send their own lines; the lines of all others come through the office.
OWN_SENDERS = ("C0001", "C0002", "C0003")
# The tag purchases end the list of lines; the late file holds lines of ordinary tier-2 buyers just before them.
TAIL = 200


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
    """Write the company register of each year."""
    for year in YEARS:
        path = sample.place("company_register", OFFICE, f"synthetic_company_register_{year}.csv")
        sample.add("company_register", write_register(path, sample.companies, year, sample.seed), f"master data {year}")


def deliver_requests(sample: SampleNetwork) -> None:
    """Write the survey requests of each year."""
    for year in YEARS:
        path = sample.place("survey_requests", OFFICE, f"synthetic_survey_requests_{year}.csv")
        sample.add("survey_requests", write_requests(path, sample.companies, year), f"campaign for {year}")


def deliver_purchases(sample: SampleNetwork) -> None:
    """Write the purchase lines of three buying companies and, through the office, of all others."""
    relations = connect(sample.companies, sample.seed)
    rows = {year: purchase_rows(relations, year, sample.seed) for year in YEARS}
    late = rows[LAST][-broken.LATE_LINES - TAIL : -TAIL]
    held_back = {(row["buyer_id"], row["line_id"]) for row in late}
    for year in YEARS:
        _send_lines(sample, "buyer-c0001", f"C0001_{year}", _of("C0001", rows[year]))
    for buyer in OWN_SENDERS[1:]:
        _send_lines(sample, f"buyer-{buyer.lower()}", buyer, [row for year in YEARS for row in _of(buyer, rows[year])])
    for year in YEARS:
        others = [row for row in rows[year] if row["buyer_id"] not in OWN_SENDERS]
        kept = [row for row in others if year != LAST or (row["buyer_id"], row["line_id"]) not in held_back]
        _send_lines(sample, OFFICE, str(year), kept)
    _send_broken_lines(sample, late)


def _send_lines(sample: SampleNetwork, sender: str, name: str, rows: list[Row]) -> None:
    path = sample.place("purchase_lines", sender, f"synthetic_purchase_lines_{name}.csv")
    outcome = "accepted" if all(row["production_country"] for row in rows) else WARNED
    sample.add("purchase_lines", write_purchases(path, rows), f"purchase lines {name}", outcome)


def _send_broken_lines(sample: SampleNetwork, late: list[Row]) -> None:
    path = sample.place("purchase_lines", OFFICE, f"synthetic_purchase_lines_{LAST}_late.csv")
    broken.write_faulty_purchases(path, late)
    sample.add("purchase_lines", path, "late lines, some of them wrong", "partly_quarantined", broken.BAD_ROWS)
    original = sample.place("purchase_lines", "buyer-c0001", "synthetic_purchase_lines_C0001_2024.csv")
    path = broken.repeat(original, original.with_name("synthetic_purchase_lines_C0001_2024_again.csv"))
    sample.add("purchase_lines", path, "the same bytes under another name", "duplicate")


def deliver_certificates(sample: SampleNetwork) -> None:
    """Write two snapshots of the certificate register and the target workbook."""
    issued = issue_certificates(sample.companies, sample.seed)
    for day in (date(2025, 7, 1), date(2026, 1, 15)):
        path = sample.place("certification_registry", "registry", f"synthetic_certificates_{day.isoformat()}.csv")
        write_snapshot(path, sample.companies, issued, day, sample.seed)
        sample.add("certification_registry", path, f"certificates as they stood on {day.isoformat()}", WARNED)
    path = sample.place("certification_registry", "registry", "2025-06-24_synthetic_companies_taking_action.xlsx")
    sample.add("certification_registry", write_targets(path, sample.companies, sample.seed), "climate targets")


def _of(buyer: str, rows: list[Row]) -> list[Row]:
    return [row for row in rows if row["buyer_id"] == buyer]


STEPS: tuple[Callable[[SampleNetwork], None], ...] = (
    deliver_context,
    deliver_register,
    deliver_requests,
    deliver_purchases,
    deliver_answers,
    deliver_certificates,
    deliver_trade,
    deliver_resilience,
    deliver_own,
    deliver_further,
    deliver_social,
    deliver_grievances,
    deliver_circularity,
    deliver_footprints,
)

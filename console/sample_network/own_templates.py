"""The deliveries that arrive in our own templates: what only the network itself knows, for 2024 and 2025."""

from console.sample_network import cooperating, disruptions, logistics, support
from console.sample_network.cases import YEARS, case_rows
from console.sample_network.network import OFFICE, WARNED, SampleNetwork
from console.sample_network.relations import connect
from console.sample_network.writing import Row, write_csv, write_workbook

CHAIN_SENDER = "buyer-c0012"


def deliver_own(sample: SampleNetwork) -> None:
    """Write all of them; every topic has a stream of its own, so that no other file changes."""
    relations = connect(sample.companies, sample.seed)
    for table, rows in case_rows(relations, sample.seed).items():
        _send(sample, "due_diligence_cases", table, rows)
    _cooperation(sample)
    for year in YEARS:
        _send(sample, "logistics", f"legs_{year}", logistics.leg_rows(relations, year, sample.seed), WARNED)
    incidents = disruptions.incident_rows(relations, sample.seed)
    _send(sample, "incidents", "incidents", incidents)
    _send(sample, "incidents", "responses", disruptions.response_rows(incidents, sample.companies, sample.seed))
    _send(sample, "incentives", "participations", support.participation_rows(sample.companies, sample.seed))
    for day in disruptions.DAYS:
        _send(sample, "stocks", f"items_{day.year}", disruptions.stock_rows(relations, day, sample.seed), WARNED)
    rows = [row for day in disruptions.DAYS for row in disruptions.planted_stock_rows(day)]
    path = sample.place("stocks", CHAIN_SENDER, "synthetic_items_C0012.xlsx")
    sample.add("stocks", write_workbook(path, "items", _columns(rows), rows), "stocks of one brand")


def _cooperation(sample: SampleNetwork) -> None:
    members = cooperating.member_rows(sample.companies, sample.seed)
    _send(sample, "cooperation", "members", members)
    _send(sample, "cooperation", "activities", cooperating.activity_rows(members, sample.seed))
    _send(sample, "cooperation", "knowledge_ties", cooperating.tie_rows(members, sample.seed))
    _send(sample, "cooperation", "targets", cooperating.target_rows(), WARNED)


def _send(sample: SampleNetwork, source: str, name: str, rows: list[Row], outcome: str = "accepted") -> None:
    path = sample.place(source, OFFICE, f"synthetic_{name}.csv")
    sample.add(source, write_csv(path, _columns(rows), rows), name.replace("_", " "), outcome)


def _columns(rows: list[Row]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row))

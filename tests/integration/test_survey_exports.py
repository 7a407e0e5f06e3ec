"""What ODK Central and KoboToolbox export from our form, through the real intake: rows, values, refusals."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from ingestion.deliver import deliver
from ingestion.intake import drain
from tests.conftest import AT, home
from warehouse.ledger import Delivery
from warehouse.settings import Settings

SOURCE = "supplier_survey"
# What a form server writes for one site and year: the copies of the submission, the period, three groups.
PERIOD = {
    "of_survey_version": "2", "of_answered_at": "2026-09-03", "of_entity_id": "C7", "of_consented_askers": "C1 C2",
    "of_channel": "paper", "site_id": "S1", "period_start": "2025-01-01", "period_end": "2025-12-31", "currency": "EUR",
    "data_tier": "2", "minutes_spent": "12.5", "assurance_level": "limited", "evidence_sha256": "a" * 64,
    "nace_division": "13", "group_company-headcount": "60", "group_company-net_revenue": "1200000.50",
    "group_energy-electricity_mwh": "0", "group_energy-fuel_qty__items": "natural_gas diesel",
    "group_energy-fuel_qty__natural_gas": "120.5", "group_energy-fuel_qty__natural_gas__unit": "m3",
    "group_energy-fuel_qty__diesel": "900", "group_energy-fuel_qty__diesel__unit": "l",
    "group_emissions-contract_factor__state": "not_applicable", "group_emissions-contract_factor__reason": "no contract",
    "group_emissions-gwp_version": "AR6",
}  # fmt: skip


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return home(tmp_path / "home")


def send(settings: Settings, content: str | bytes, name: str = "export.csv") -> Delivery:
    file = settings.home.parent / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    deliver(settings, [file], SOURCE, "office")
    return drain(settings, SOURCE, AT)[-1]


def as_csv(rows: list[dict[str, Any]], delimiter: str = ",") -> str:
    names = list(dict.fromkeys(name for row in rows for name in row))
    stream = io.StringIO()
    writer = csv.DictWriter(stream, names, delimiter=delimiter, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def odk(number: int = 1, **cells: str) -> dict[str, str]:
    return {**PERIOD, **cells, "PARENT_KEY": f"uuid:{number}", "KEY": f"uuid:{number}/period[{cells.get('site_id')}]"}


def kobo(prefix: str = "period/") -> dict[str, str]:
    said = {name.replace("-", "/"): text for name, text in PERIOD.items() if not name.startswith("of_")}
    return {f"{prefix}{name}": text for name, text in said.items()}


ONCE = {
    "survey_version": "2",
    "answered_at": "2026-09-03",
    "entity_id": "C7",
    "consented_askers": "C1 C2",
    "channel": "paper",
}
SERVER = {"_id": "5", "_uuid": "k1", "_submission_time": "2026-09-03T10:00:00", "__version__": "vAbc", "_index": "1"}


def landed(settings: Settings, delivery: Delivery, sql: str) -> list[tuple[Any, ...]]:
    path = settings.home / delivery.tables[0].path
    return duckdb.sql(sql.format(f"read_parquet('{path}')")).fetchall()


def codes(delivery: Delivery) -> set[str]:
    return {reason.code for reason in delivery.reasons}


ANSWERS = "select question_id, item, value, unit, value_state from {} order by row_number"
EXPECTED = [
    ("headcount", None, "60", "persons", "value"), ("net_revenue", None, "1200000.50", None, "value"),
    ("electricity_mwh", None, "0", "MWh", "zero"), ("fuel_qty", "natural_gas", "120.5", "m3", "value"),
    ("fuel_qty", "diesel", "900", "l", "value"), ("contract_factor", None, None, "t CO2e/MWh", "not_applicable"),
    ("gwp_version", None, "AR6", None, "value"),
]  # fmt: skip


def test_the_repeat_file_of_odk_central_holds_all_sites_and_years_of_a_delivery(settings: Settings) -> None:
    rows = [odk(), odk(site_id="S2"), odk(period_start="2024-01-01", period_end="2024-12-31")]
    delivery = send(settings, as_csv(rows))
    assert (delivery.outcome, delivery.format, delivery.declared_version) == ("accepted", "odk_repeat_csv", "2")
    assert (delivery.rows_in, delivery.rows_accepted, delivery.periods) == (21, 21, ("2024", "2025"))
    assert landed(settings, delivery, ANSWERS)[:7] == EXPECTED
    about = "consented_askers, channel, assurance_level, evidence_sha256, answered_at::varchar, submission_id"
    found = landed(settings, delivery, f"select distinct {about} from {{}}")
    assert found == [("C1 C2", "paper", "limited", "a" * 64, "2026-09-03", "uuid:1")]
    place = landed(settings, delivery, "select source_ref from {} where question_id = 'gwp_version' limit 1")
    assert place == [("line 2, column group_emissions-gwp_version",)]


def test_minutes_count_once_per_site_and_period(settings: Settings) -> None:
    delivery = send(settings, as_csv([odk(), odk(site_id="S2")]))
    assert landed(settings, delivery, "select sum(minutes_spent)::double, count(minutes_spent) from {}") == [(25.0, 2)]


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_flat_kobo_export_reads_names_or_labels_and_split_choices(settings: Settings, delimiter: str) -> None:
    row = {**ONCE, **kobo(""), **SERVER}
    row["Persons employed"] = row.pop("group_company/headcount")
    del row["group_energy/fuel_qty__items"]
    split = {"group_energy/fuel_qty__items/natural_gas": "1", "group_energy/fuel_qty__items/coal": "1",
             "group_energy/fuel_qty__items/wood": "0"}  # fmt: skip
    delivery = send(settings, as_csv([{**row, **split}], delimiter))
    assert delivery.format == ("kobo_csv" if delimiter == ";" else "kobo_comma_csv")
    assert sorted(landed(settings, delivery, ANSWERS), key=str) == sorted(EXPECTED, key=str)
    assert (delivery.rows_in, delivery.rows_quarantined, codes(delivery)) == (8, 1, {"missing_value"})


def test_indexed_repeats_of_one_line_are_sites_of_one_submission(settings: Settings) -> None:
    second = {name: text for name, text in kobo("period[2]/").items() if "company" not in name}
    row = {**ONCE, **kobo("period[1]/"), **second, "period[2]/site_id": "S2", "period[3]/site_id": "", **SERVER}
    delivery = send(settings, as_csv([row]))
    assert landed(settings, delivery, "select site_id, count(*) from {} group by 1 order by 1") == [
        ("S1", 7),
        ("S2", 5),
    ]
    assert (delivery.outcome, delivery.rows_in) == ("accepted", 12)


def kobo_json() -> dict[str, Any]:
    repeats = [kobo(), {**kobo(), "period/site_id": "S2"}]
    return {"count": 1, "next": None, "results": [{**ONCE, **SERVER, "period": repeats, "_attachments": []}]}


def odk_json() -> dict[str, Any]:
    groups: dict[str, Any] = {"__id": "r1", "survey_version": None}
    for name, text in PERIOD.items():
        group, _, leaf = name.rpartition("-")
        (groups.setdefault(group, {}) if group else groups)[leaf] = text
    system = {"submissionDate": "2026-09-03T10:00:00Z", "formVersion": "2", "reviewState": None}
    row = {"__id": "uuid:1", "__system": system, "meta": {"instanceID": "uuid:1"}, **ONCE, "period": [groups]}
    return {"value": [row], "@odata.context": "x"}


def test_json_of_both_servers_gives_the_same_answers(settings: Settings) -> None:
    delivery = send(settings, json.dumps(odk_json()), "feed.json")
    assert (delivery.outcome, delivery.format) == ("accepted", "odk_json")
    assert landed(settings, delivery, ANSWERS) == EXPECTED
    delivery = send(settings, json.dumps(kobo_json()), "api.json")
    assert (delivery.outcome, delivery.format, delivery.rows_accepted) == ("accepted", "kobo_json", 14)
    place = landed(settings, delivery, "select source_ref from {} order by row_number desc limit 1")
    assert place == [("/results/0/period/1, column period/group_emissions/gwp_version",)]


def test_linked_repeats_are_refused_with_the_way_to_get_them(settings: Settings) -> None:
    feed = odk_json()
    del feed["value"][0]["period"]
    feed["value"][0]["period@odata.navigationLink"] = "Submissions('uuid:1')/period"
    delivery = send(settings, json.dumps(feed), "feed.json")
    assert (delivery.outcome, codes(delivery)) == ("rejected", {"repeats_left_out"})


def test_a_kobo_workbook_joins_the_sheets_of_submission_and_repeat(settings: Settings) -> None:
    book = openpyxl.Workbook()
    linked = {**kobo(""), "_index": 1, "_parent_table_name": "Suppliers", "_parent_index": 1, "_submission__uuid": "k1"}
    for title, row in (("Suppliers", {**ONCE, **SERVER, "_index": 1}), ("period", linked)):
        sheet = book.active if title == "Suppliers" else book.create_sheet()
        sheet.title = title
        sheet.append(list(row))
        sheet.append(list(row.values()))
    book.save(settings.home.parent / "book.xlsx")
    delivery = send(settings, (settings.home.parent / "book.xlsx").read_bytes(), "kobo.xlsx")
    assert (delivery.outcome, delivery.format, delivery.rows_in) == ("accepted", "kobo_xlsx", 7)
    assert landed(settings, delivery, "select distinct entity_id, submission_id from {}") == [("C7", "k1")]


REFUSED = {
    "unknown_version": {"of_survey_version": "9"},
    "unclassified_question": {"group_company-favourite_colour": "blue"},
    "not_a_number": {"group_company-headcount": "about 60"},
    "unknown_choice": {"group_emissions-gwp_version": "AR7"},
    "missing_value": {"group_energy-fuel_qty__diesel": ""},
    "unknown_unit": {"group_energy-fuel_qty__diesel__unit": "buckets"},
    "state_contradicts_value": {"group_emissions-contract_factor": "0.4"},
    "bad_format": {"evidence_sha256": "xyz"},
    "not_approved": {"ReviewState": "rejected"},
}


@pytest.mark.parametrize("code", sorted(REFUSED))
def test_what_cannot_be_trusted_is_quarantined_beside_the_sound_submission(settings: Settings, code: str) -> None:
    delivery = send(settings, as_csv([odk(), odk(2, entity="C8", of_entity_id="C8", **REFUSED[code])]))
    assert code in codes(delivery)
    assert delivery.outcome == "partly_quarantined"
    assert delivery.rows_in == delivery.rows_accepted + delivery.rows_quarantined
    assert landed(settings, delivery, "select count(*) from {} where entity_id = 'C7'") == [(7,)]


def test_submissions_without_their_repeats_say_which_file_is_missing(settings: Settings) -> None:
    row = {
        "SubmissionDate": "2026-09-03T10:00:00Z",
        **ONCE,
        "meta-instanceID": "uuid:1",
        "KEY": "uuid:1",
        "FormVersion": "2",
    }
    delivery = send(settings, as_csv([row]))
    assert (delivery.outcome, delivery.format, codes(delivery)) == ("rejected", "odk_csv", {"no_answers"})
    assert "repeat group" in delivery.reasons[0].fix


def test_a_ragged_line_is_counted_once_beside_the_answers(settings: Settings) -> None:
    delivery = send(settings, as_csv([odk()]) + "C9,too,short\n")
    assert (delivery.rows_in, delivery.rows_accepted, codes(delivery)) == (8, 7, {"ragged_row"})


def test_answers_to_an_older_version_keep_their_question_and_say_what_becomes_of_it(settings: Settings) -> None:
    old = {"of_survey_version": "1", "group_energy-energy_kwh": "5", "group_people-accidents": "2",
           "group_company-sustainability_officer": "Ja", "of_answered_at": "2027-02-01"}  # fmt: skip
    delivery = send(settings, as_csv([odk(**old)]))
    assert (delivery.outcome, delivery.rows_accepted) == ("accepted_with_warnings", 10)
    assert codes(delivery) == {"question_re_asked", "question_dropped", "version_outdated"}
    found = dict(landed(settings, delivery, "select question_id, value from {}"))
    assert (found["energy_kwh"], found["accidents"], found["sustainability_officer"]) == ("5", "2", "yes")


def test_an_answer_in_long_form_that_nobody_classified_is_kept_and_named(settings: Settings) -> None:
    head = "entity_id,question_id,value,value_state,data_tier,period_start,period_end,survey_version,answered_at\n"
    row = "C7,{},5,value,2,2025-01-01,2025-12-31,{},2026-09-01\n"
    sent = head + row.format("scope1_t", "2") + row.format("waste_t", "2") + row.format("shoe_size", "2")
    delivery = send(settings, sent + row.format("energy_total_mwh", "7"))
    assert (delivery.outcome, delivery.rows_accepted) == ("partly_quarantined", 3)
    found = {(r.code, r.row) for r in delivery.reasons}
    assert found == {("unknown_version", 4), ("unclassified_question", 3)}

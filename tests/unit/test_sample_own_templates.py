"""What only the network knows stands in the sample with every state that a KPI has to tell apart."""

import csv
from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from console.sample_network import SampleNetwork, generate, planted_cases
from console.sample_network.planted_facts import CHAIN_BUYER
from tests.fixtures.sample_files import sample_rows

PROJECT = Path(__file__).resolve().parents[2]
Row = dict[str, str]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> SampleNetwork:
    """Generate the sample once for all tests of this module."""
    return generate(tmp_path_factory.mktemp("sample"))


def cases(sample: SampleNetwork, table: str) -> list[Row]:
    return sample_rows(sample, "due_diligence_cases", table)


def lead_days(exit_row: Row, actions: list[Row]) -> list[int]:
    notice = date.fromisoformat(exit_row["exit_notice_at"])
    taken = [one for one in actions if one["finding_id"] == exit_row["finding_id"] != ""]
    return [
        (notice - date.fromisoformat(one["action_started_at"])).days
        for one in taken
        if one["review_at"] and one["action_started_at"] < one["review_at"] <= exit_row["exit_notice_at"]
    ]


def test_findings_have_every_status_and_level_and_some_come_back(sample: SampleNetwork) -> None:
    findings = cases(sample, "findings")
    assert {row["status"] for row in findings} == {
        "open", "plan_agreed", "in_progress", "remediated_unverified", "remediated_verified", "closed_without_remedy",
    }  # fmt: skip
    assert {row["involvement_level"] for row in findings} == {"cause", "contribute", "directly_linked"}
    closed = [row for row in findings if row["verified_at"]]
    repeats = {
        later["finding_id"]
        for earlier in closed for later in findings
        if (earlier["site_id"], earlier["issue_code"]) == (later["site_id"], later["issue_code"])
        and later["identified_at"] > earlier["verified_at"]
    }  # fmt: skip
    assert planted_cases.REPEATED[1] in repeats
    assert len(repeats) > 5
    assert not [row for row in findings if not "2024-01-01" <= row["status_at"] <= "2025-12-31"]


def test_one_planted_finding_moves_from_linked_to_contributing(sample: SampleNetwork) -> None:
    states = [row for row in cases(sample, "findings") if row["finding_id"] == planted_cases.MOVED]
    assert [(row["status_at"], row["involvement_level"]) for row in states] == [
        ("2024-09-01", "directly_linked"), ("2025-03-01", "contribute"), ("2025-09-15", "contribute"),
    ]  # fmt: skip


def test_of_two_eligible_planted_exits_one_was_enabled(sample: SampleNetwork) -> None:
    exits = {row["exit_id"]: row for row in cases(sample, "exits") if row["entity_id"] == CHAIN_BUYER}
    eligible = [r for r in exits.values() if r["exit_reason"] == "adverse_impact" and not r["exception_code"]]
    assert {row["exit_id"] for row in eligible} == {planted_cases.ENABLED_EXIT, planted_cases.LATE_EXIT}
    actions = cases(sample, "actions")
    assert lead_days(exits[planted_cases.ENABLED_EXIT], actions) == [213]
    assert lead_days(exits[planted_cases.LATE_EXIT], actions) == [46]
    assert exits[planted_cases.EXCEPTED_EXIT]["exception_evidence"]


def test_every_finding_stands_on_an_assessment_of_its_site(sample: SampleNetwork) -> None:
    assessed = {(row["assessment_id"], row["site_id"]) for row in cases(sample, "assessments")}
    assert {(row["assessment_id"], row["site_id"]) for row in cases(sample, "findings")} <= assessed
    assert [row for row in cases(sample, "assessments") if row["n_findings"] == "0"]


def test_ties_join_members_of_several_countries_while_they_are_members(sample: SampleNetwork) -> None:
    members = {row["member_id"]: row for row in sample_rows(sample, "cooperation", "members")}
    ties = sample_rows(sample, "cooperation", "knowledge_ties")
    ends = [(members[tie["member_a"]], members[tie["member_b"]], tie["started_at"]) for tie in ties]
    assert all(max(one["joined_at"], other["joined_at"]) <= start for one, other, start in ends)
    assert 0.5 < sum(one["country"] != other["country"] for one, other, _ in ends) / len(ends) < 1
    idle = set(members) - {row["member_id"] for row in sample_rows(sample, "cooperation", "activities")}
    assert 0 < len(idle) < len(members) / 2


def test_a_target_may_lack_its_base_and_a_lowered_one_keeps_both_days(sample: SampleNetwork) -> None:
    targets = sample_rows(sample, "cooperation", "targets")
    assert [row["target_id"] for row in targets if not row["base_value"]] == ["T-2"]
    assert [row["target_value"] for row in targets if row["target_id"] == "T-3"] == ["0.5", "0.4"]
    pillars: dict[str, set[str]] = defaultdict(set)
    for row in targets:
        pillars[row["target_set_id"]].add(row["pillar"])
    assert pillars.pop("TS-3") == {"resilience"}
    assert pillars.pop("") == {""}
    assert all(found == {"sustainability", "resilience"} for found in pillars.values())


def test_goods_move_within_regions_and_between_them(sample: SampleNetwork) -> None:
    legs = sample_rows(sample, "logistics", "legs")
    near = [leg for leg in legs if leg["origin_region"] == leg["destination_region"]]
    assert 0.05 < len(near) / len(legs) < 0.5
    drawn = [leg for leg in near if leg["entity_id"] != CHAIN_BUYER]
    assert max(float(leg["distance_km"] or 0) for leg in drawn) <= 120
    planted = [leg for leg in legs if leg["entity_id"] == CHAIN_BUYER and leg["shipped_at"] < "2025"]
    assert sum(float(leg["mass_t"]) * float(leg["distance_km"]) for leg in planted) == 157_000
    assert Counter(leg["transport_mode"] for leg in legs).keys() >= {"road", "rail", "sea", "air", "inland_water"}
    assert all(leg["origin_lat"] for leg in legs if not leg["distance_km"])


def test_stocks_have_gaps_and_those_of_the_chain_buyer_are_planted(sample: SampleNetwork) -> None:
    path = next(one.path for one in sample.deliveries if one.path.name == "synthetic_items_C0012.xlsx")
    sheet = openpyxl.load_workbook(path, read_only=True)["items"]
    names, *rows = list(sheet.iter_rows(values_only=True))
    first = dict(zip(names, rows[0], strict=True))
    net = float(str(first["demand_units_per_day"])) - float(str(first["alt_units_per_day"]))
    assert (float(str(first["on_hand_units"])) + float(str(first["pipeline_units"]))) / net == 37.5
    items = sample_rows(sample, "stocks", "items_2025")
    short = [r for r in items if r["ttr_days"] and _survives(r) < float(r["ttr_days"])]
    assert 0.2 < len(short) / len(items) < 0.9


def _survives(row: Row) -> float:
    net = float(row["demand_units_per_day"]) - float(row["alt_units_per_day"])
    stock = float(row["on_hand_units"]) + float(row["pipeline_units"])
    return stock / net if net > 0 else float("inf")


def test_incidents_are_answered_and_the_last_are_not_over(sample: SampleNetwork) -> None:
    incidents = sample_rows(sample, "incidents", "incidents")
    answered = {row["incident_id"] for row in sample_rows(sample, "incidents", "responses")}
    assert {row["incident_id"] for row in incidents} == answered
    assert len({row["crisis_id"] for row in incidents} - {""}) == 2
    lasting = [row for row in incidents if not row["recovered_at"]]
    assert 0 < len(lasting) < 10
    assert min(row["began_at"] for row in lasting) > str(date(2025, 12, 31) - timedelta(days=200))


def test_further_answers_are_to_known_questions_and_no_year_slips(sample: SampleNetwork) -> None:
    with (PROJECT / "dbt_project/seeds/survey_questions.csv").open(encoding="utf-8", newline="") as file:
        known = {row["question_id"] for row in csv.DictReader(file)}
    sums: dict[tuple[str, str], float] = defaultdict(float)
    for year in ("2024", "2025"):
        rows = sample_rows(sample, "supplier_survey", f"further_{year}")
        assert {row["question_id"] for row in rows} <= known
        assert {"withdrawal_m3", "waste_t", "basic_wage_month", "ddg_step_6"} <= {row["question_id"] for row in rows}
        for row in rows:
            if row["question_id"] == "withdrawal_m3" and row["value"]:
                sums[year, row["entity_id"]] = float(row["value"])
    ratios = [value / sums["2024", one] for (year, one), value in sums.items() if year == "2025" and sums["2024", one]]
    assert len(ratios) > 60
    assert 0.8 < min(ratios) <= max(ratios) < 1.25

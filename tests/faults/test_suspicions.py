"""Implausible change is held, not published; a person releases or refuses it once, and the decision is kept."""

from pathlib import Path
from random import Random

import pytest

from ingestion.held import decide
from ingestion.intake import drain
from tests.conftest import AT, home
from tests.faults.sending import answers, codes, landed_rows, put, register, send
from warehouse.ledger import Delivery, Ledger
from warehouse.settings import Settings
from warehouse.snapshot import current_snapshot

SURVEY, REGISTRY = "supplier_survey", "certification_registry"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return home(tmp_path / "home")


def judge(settings: Settings, delivery: Delivery, accept: bool) -> Delivery:
    return decide(settings, Ledger.open(settings), delivery.delivery_id, accept, "office", "asked by phone", AT)


def test_values_that_look_like_another_unit_are_held_and_do_not_count(settings: Settings) -> None:
    factors = (1000, 0.001, 3.6, 1 / 3.6, 1015, 3.55)
    for place, factor in enumerate(factors):
        put(settings, SURVEY, f"{place} a.csv", answers(2023, "5000", "77", entity=f"C{place}"), place=place)
        slipped = answers(2024, f"{5000 * factor:.9f}", "80", entity=f"C{place}")
        put(settings, SURVEY, f"{place} b.csv", slipped, place=100 + place)
    done = drain(settings, SURVEY, AT)[len(factors) :]
    assert [(d.outcome, codes(d), d.tables, d.reasons[0].row) for d in done] == [("held", ["unit_slip"], (), 1)] * 6
    assert len(landed_rows(settings)) == 2 * len(factors)
    assert {d.file_name[2] for d in current_snapshot(Ledger.open(settings)).deliveries} == {"a"}


def test_ordinary_changes_are_not_held(settings: Settings) -> None:
    factors = (1.0, 0.5, 2.9, 10, 100, 400, 1100, 3.2, 0.0, -1000)
    put(settings, SURVEY, "2023.csv", answers(2023, *["5000"] * len(factors)))
    put(settings, SURVEY, "2024.csv", answers(2024, *(f"{5000 * factor:.6f}" for factor in factors)), place=1)
    assert [d.outcome for d in drain(settings, SURVEY, AT)] == ["accepted", "accepted"]


def test_another_unit_company_or_question_is_no_slip(settings: Settings) -> None:
    send(settings, SURVEY, "2023.csv", answers(2023, "5000", "5"))
    assert send(settings, SURVEY, "kg.csv", answers(2024, "5000000", unit="kg")).outcome == "accepted"
    assert send(settings, SURVEY, "other.csv", answers(2024, "5000000", entity="C2")).outcome == "accepted"


def test_two_years_at_once_are_compared_too_in_one_file_and_in_two(settings: Settings) -> None:
    both = answers(2022, "7") + answers(2023, "7000").partition("\n")[2]
    assert codes(send(settings, SURVEY, "both.csv", both)) == ["unit_slip"]
    for place, (year, value) in enumerate([(2022, "5"), (2023, "5.5"), (2024, "5500")]):
        put(settings, SURVEY, f"{year}.csv", answers(year, value, entity="C9"), place=place)
    assert [d.outcome for d in drain(settings, SURVEY, AT)] == ["accepted", "accepted", "held"]


def test_a_released_slip_counts_and_the_same_values_need_nobody_again(settings: Settings) -> None:
    send(settings, SURVEY, "2023.csv", answers(2023, "5000"))
    held = send(settings, SURVEY, "2024.csv", answers(2024, "5000000"))
    released = judge(settings, held, True)
    assert (released.outcome, codes(released), released.periods) == (
        "accepted_with_warnings", ["accepted_by_person", "unit_slip"], ("2024",))  # fmt: skip
    again = send(settings, SURVEY, "again.csv", answers(2024, "5000000", "12"))
    assert (again.outcome, codes(again)) == ("accepted", [])
    assert Ledger.open(settings).verify() == []


def test_a_refused_slip_is_refused_again_and_other_values_are_asked_anew(settings: Settings) -> None:
    send(settings, SURVEY, "2023.csv", answers(2023, "5000"))
    refused = judge(settings, send(settings, SURVEY, "2024.csv", answers(2024, "5000000")), False)
    assert (refused.outcome, refused.tables) == ("rejected", ())
    again = send(settings, SURVEY, "again.csv", answers(2024, "5000000", "12"))
    assert (again.outcome, codes(again)) == ("rejected", ["refused_by_person", "unit_slip"])
    assert send(settings, SURVEY, "other.csv", answers(2024, "4990000")).outcome == "held"
    assert send(settings, SURVEY, "mended.csv", answers(2024, "5100")).outcome == "accepted"


def test_what_was_held_is_no_measure_for_what_follows(settings: Settings) -> None:
    send(settings, SURVEY, "2022.csv", answers(2022, "5"))
    assert send(settings, SURVEY, "2023.csv", answers(2023, "5000")).outcome == "held"
    assert send(settings, SURVEY, "2024.csv", answers(2024, "5.2")).outcome == "accepted"


def test_the_master_data_of_a_company_are_compared_too(settings: Settings) -> None:
    head = "entity_id,name,entity_type,country,nace,headcount,turnover,currency,fiscal_year_start,fiscal_year_end\n"
    row = "C1,Firm,company,DE,C24.1,80,{1},EUR,{0}-01-01,{0}-12-31\n"
    send(settings, "company_register", "2023.csv", head + row.format(2023, "1250000"))
    held = send(settings, "company_register", "2024.csv", head + row.format(2024, "1260"))
    assert (held.outcome, codes(held), held.reasons[0].field) == ("held", ["unit_slip"], "turnover")


def test_a_shrunken_register_that_was_released_passes_in_another_file(settings: Settings) -> None:
    send(settings, REGISTRY, "january.csv", register(100, "2025-01-31"))
    released = judge(settings, send(settings, REGISTRY, "march.csv", register(20, "2025-03-31")), False)
    assert (released.outcome, codes(released)) == ("rejected", ["refused_by_person", "shrunk"])
    lines = register(20, "2025-03-31").splitlines()
    turned = "\r\n".join([lines[0], *reversed(lines[1:]), ""])
    again = send(settings, REGISTRY, "turned.csv", turned)
    assert (again.outcome, codes(again)) == ("rejected", ["refused_by_person", "shrunk"])
    assert [t.rows for t in current_snapshot(Ledger.open(settings)).tables] == [100]


def test_a_register_from_the_future_is_held_and_never_outlives_the_true_ones(settings: Settings) -> None:
    send(settings, REGISTRY, "true.csv", register(50, "2026-02-28"))
    held = send(settings, REGISTRY, "ahead.csv", register(51, "2062-02-28", "X"))
    assert (held.outcome, codes(held)) == ("held", ["dated_ahead"])
    assert [t.rows for t in current_snapshot(Ledger.open(settings)).tables] == [50]
    released = judge(settings, held, True)
    assert (released.outcome, released.snapshot_at) == ("accepted_with_warnings", AT.date())
    assert send(settings, REGISTRY, "tomorrow.csv", register(52, "2026-03-02")).outcome == "accepted"
    assert [t.rows for t in current_snapshot(Ledger.open(settings)).tables] == [52]


def test_a_flood_of_one_sender_is_held_unread_and_others_pass(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIEFERNETZ_SENDER_FILES_PER_DAY", "3")
    for place in range(5):
        put(settings, SURVEY, f"{place}.csv", answers(2024, "5", entity=f"C{place}"), "noisy", place)
    put(settings, SURVEY, "calm.csv", answers(2024, "7"), "calm", 9)
    done = drain(settings, SURVEY, AT)
    assert [d.outcome for d in done] == ["accepted"] * 3 + ["held"] * 2 + ["accepted"]
    assert [(codes(d), d.rows_in) for d in done[3:5]] == [(["flood"], 0)] * 2
    assert judge(settings, done[3], True).outcome == "accepted"
    assert send(settings, SURVEY, "more.csv", answers(2024, "5", entity="C7"), "noisy").outcome == "accepted"
    assert judge(settings, done[4], False).outcome == "rejected"
    assert send(settings, SURVEY, "yet more.csv", answers(2024, "5", entity="C8"), "noisy").outcome == "rejected"


def test_a_flood_of_bytes_over_several_sources_is_one_flood(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIEFERNETZ_SENDER_MB_PER_DAY", "1")
    filler = "x" * 700_000
    assert send(settings, "survey_requests", "a.csv", filler).outcome == "rejected"
    assert codes(send(settings, SURVEY, "b.csv", filler)) == ["flood"]
    assert codes(send(settings, SURVEY, "c.csv", answers(2024, "5"), "somebody_else")) == []


def test_seeded_slips_are_caught_and_clean_years_pass(settings: Settings) -> None:
    rng, slips = Random(5), []
    reported = [rng.uniform(10, 90_000) for _ in range(20)]
    for year in range(2000, 2024):
        sent = [value * rng.uniform(0.8, 1.25) for value in reported]
        if year % 4 == 3:
            place = rng.randrange(20)
            sent[place] = reported[place] * rng.choice((1000, 0.001, 3.6, 1 / 3.6)) * rng.uniform(0.99, 1.01)
            slips.append(f"{year}.csv")
        else:
            reported = sent
        put(settings, SURVEY, f"{year}.csv", answers(year, *(f"{value:.6f}" for value in sent)), place=year)
    done = drain(settings, SURVEY, AT)
    assert len(slips) == 6
    assert [d.file_name for d in done if d.outcome == "held"] == slips
    assert {d.outcome for d in done} == {"held", "accepted"}

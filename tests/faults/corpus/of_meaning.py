"""Families meaning, registry and trade: well-formed text that says what cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from tests.faults.corpus.case import Case
from tests.faults.corpus.rows import (
    ANSWERS,
    BACI,
    CERTIFICATES,
    COMPANIES,
    COMTRADE,
    PURCHASES,
    answer,
    answers,
    baci,
    certificates,
    companies,
    comtrade,
    purchases,
    text,
)

_BAD_ANSWERS = {
    "unit_unknown": ("5,furlong,value,2", "unknown_unit"), "tier_of_six": ("5,t,value,6", "out_of_range"),
    "zero_that_is_five": ("5,t,zero,2", "state_contradicts_value"), "state_unknown": ("5,t,maybe,2", "unknown_code"),
    "value_not_there": (",t,value,2", "missing_value"),
    "value_not_applicable": ("5,t,not_applicable,2", "state_contradicts_value"),
}  # fmt: skip
_BAD_COMPANIES = {
    "country_unknown": ("C24.1,5,EUR|XX", "unknown_code"), "country_three_letters": ("C24.1,5,EUR|DEU", "unknown_code"),
    "currency_unknown": ("C24.1,5,EEK|DE", "unknown_code"), "headcount_negative": ("C24.1,-5,EUR|DE", "out_of_range"),
    "nace_broken": ("Z9,5,EUR|DE", "bad_format"), "headcount_of_parts": ("C24.1,5.5,EUR|DE", "not_a_number"),
}  # fmt: skip


def meaning(rng: Random) -> Iterator[Case]:
    """Units, codes, states, periods and amounts that cannot be."""
    t = f"m{rng.getrandbits(24):x}"

    def case(name: str, header: str, rows: list[str], code: str, source: str) -> Case:
        return Case("meaning", name, text(header, rows), "partly_quarantined", (code,), 4, 3, source)

    for name, (cells, code) in _BAD_ANSWERS.items():
        rows = [*answers(f"{t}{name}"), answer(f"{t}x", cells)]
        yield case(name, ANSWERS, rows, code, "supplier_survey")
    for name, (cells, code) in _BAD_COMPANIES.items():
        inside, country = cells.split("|")
        rows = [*companies(f"{t}{name}"), f"{t}x,Firm,company,{country},{inside},2025-01-01,2025-12-31"]
        yield case(name, COMPANIES, rows, code, "company_register")
    reversed_ = f"C1,{t}x,5,t,value,2,2025-12-31,2025-01-01"
    yield case("period_reversed", ANSWERS, [*answers(f"{t}p"), reversed_], "period_reversed", "supplier_survey")
    spend = f"C1,{t}x,C9,steel,-5,EUR,DE,2025-06-30"
    yield case("spend_negative", PURCHASES, [*purchases(t), spend], "out_of_range", "purchase_lines")
    version = [f"{line},9.9" for line in answers(f"{t}v")]
    yield Case("meaning", "column_nobody_declared", text(f"{ANSWERS},mood", version), "accepted_with_warnings",
               ("unknown_column",), 3, 3, "supplier_survey")  # fmt: skip


def registry(rng: Random) -> Iterator[Case]:
    """Snapshots of one register in order: whole, with normal churn, shrunken, empty, torn."""
    t, size = f"r{rng.getrandbits(24):x}", rng.randint(30, 60)

    def case(name: str, lines: list[str], outcome: str, **more: object) -> Case:
        head = text(CERTIFICATES, lines)
        return Case("registry", name, head, outcome, source="certification_registry", **more)  # type: ignore[arg-type]

    yield case("whole", certificates(t, size, "2026-01-01"), "accepted", rows=size, due=size)
    kept = size - size // 20
    yield case("normal_churn", certificates(t, kept, "2026-01-08"), "accepted", rows=kept, due=kept)
    few = certificates(t, size // 10, "2026-01-15")
    yield case("shrunk_by_nine_tenths", few, "held", codes=("shrunk",), rows=len(few), due=len(few))
    yield case("empty", [], "rejected", codes=("no_rows",))
    torn = certificates(t, kept, "2026-01-22")
    torn[0] = torn[0].replace("2027-01-01", "2024-01-01")
    yield case("ends_before_it_starts", torn, "partly_quarantined", codes=("period_reversed",), rows=kept, due=kept - 1)
    unsure = certificates(t, kept, "2026-01-29")
    unsure[1] = unsure[1].replace("valid", "perhaps")
    yield case("status_unknown", unsure, "partly_quarantined", codes=("unknown_code",), rows=kept, due=kept - 1)
    twice = [*certificates(t, kept, "2026-02-05"), certificates(t, 1, "2026-02-05")[0].replace("fsc", "pefc")]
    yield case("one_number_two_standards", twice, "partly_quarantined", codes=("contradicting_rows",), rows=kept + 1,
               due=kept - 1)  # fmt: skip
    back = certificates(t, kept, "2026-02-12")
    yield case("back_to_normal", back, "accepted", rows=kept, due=kept)


_BAD_FLOWS = {
    "zero_lost": ("2023,276,M,{p},H6,10121,8,1,1,5,0", "bad_format"),
    "code_of_letters": ("2023,276,M,{p},H6,72O810,8,1,1,5,0", "bad_format"),
    "revision_unknown": ("2023,276,M,{p},H9,720810,8,1,1,5,0", "unknown_code"),
    "flow_unknown": ("2023,276,7,{p},H6,720810,8,1,1,5,0", "unknown_code"),
    "value_negative": ("2023,276,M,{p},H6,720810,8,1,1,-5,0", "out_of_range"),
    "value_text": ("2023,276,M,{p},H6,720810,8,1,1,n.e.s.,0", "not_a_number"),
    "year_1800": ("1800,276,M,{p},H6,720810,8,1,1,5,0", "out_of_range"),
    "reporter_text": ("2023,DEU,M,{p},H6,720810,8,1,1,5,0", "not_a_number"),
}


def trade(rng: Random) -> Iterator[Case]:
    """Flows with codes, values and editions that are not."""
    partner = rng.randint(100, 400)
    for n, (name, (row, code)) in enumerate(_BAD_FLOWS.items()):
        rows = [*comtrade(partner + n), row.format(p=partner)]
        yield Case("trade", name, text(COMTRADE, rows), "partly_quarantined", (code,), 4, 3, "trade_data")
    named = f"BACI_HS22_Y2023_V{rng.randint(202401, 202412)}.csv"
    rows = [*baci(partner), f"2023,276,{partner},720890,7.5,           NA"]
    yield Case("trade", "quantity_na", text(BACI, rows), "accepted", (), 4, 4, "trade_data", file_name=named)
    yield Case("trade", "edition_not_named", text(BACI, baci(partner + 1)), "rejected", ("revision_unknown",), 0, 0,
               "trade_data", file_name="baci.csv")  # fmt: skip
    odd = text(f'{BACI},"w"", (select 1) as ""u"', [f"{line},1" for line in baci(partner + 2)])
    yield Case("trade", "column_name_with_sql", odd, "accepted_with_warnings", ("unknown_column",), 3, 3, "trade_data",
               file_name=f"x_{named}")  # fmt: skip

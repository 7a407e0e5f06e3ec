"""Random answers of 200 companies on governance against a second implementation in plain Python."""

from datetime import date
from random import Random
from statistics import mean
from typing import Any

import pytest

from tests.golden.harness import Models

Row = dict[str, Any]
AREAS = ((1, 2), (3, 4, 5, 6), (7, 8, 9), (10,))
SYSTEMS = ("environment", "energy", "safety", "continuity", "due_diligence", "anti_corruption", "information_security")
NAMES = [f"C{number}" for number in range(200)]


@pytest.fixture(scope="module")
def models() -> Models:
    return Models()


def answer(name: str, question: str, value: Any, item: str = "", site: str = "s1", is_na: bool = False) -> Row:
    text, number = (value, None) if isinstance(value, str) else (None, value)
    return {"entity_id": name, "year": 2024, "site_id": site, "question_id": question, "item": item, "value": number,
            "stated_text": text, "is_not_applicable": is_na, "tier": 2}  # fmt: skip


def results(models: Models, model: str, answers: list[Row], **inputs: Any) -> dict[tuple[str, str | None], Row]:
    ends = {"year": 2024, "entity_type": "company", "period_start": date(2024, 1, 1), "period_end": date(2024, 12, 31)}
    rows = models.run(
        model,
        int_answers__entities=[{"entity_id": name, **ends} for name in NAMES],
        int_stated_answers=answers,
        **inputs,
    )
    return {(row["entity_id"], row["dim_variant"]): row for row in rows}


def check(row: Row, expected: tuple[float | None, ...], coverage: float, least: float) -> None:
    assert row["coverage"] == pytest.approx(coverage, abs=1e-9)
    found = (row["value"], row["value_low"], row["value_high"])
    shown = expected[0] if round(coverage, 9) >= least else None
    assert found == pytest.approx((shown, *expected[1:]), abs=1e-9)


def test_levels_of_the_ten_principles(models: Models) -> None:
    rng, answers = Random(1), []
    levels = {name: [rng.choice((0, 1, 2, 2, 3, 3, 4, None)) for _ in range(10)] for name in NAMES}
    for name, given in levels.items():
        answers += [answer(name, f"ungc_level_p{p}", None if v is None else float(v)) for p, v in enumerate(given, 1)]
    rows = results(models, "kpi_g01", answers)
    for name, given in levels.items():
        known = [level for level in given if level is not None]
        if not known:
            continue
        yes, unknown = sum(level >= 2 for level in known), 10 - len(known)
        check(rows[name, "coverage"], (yes / len(known), yes / 10, (yes + unknown) / 10), len(known) / 10, 0.8)
        depth = (sum(known) / 4 / len(known), sum(known) / 40, (sum(known) + 4 * unknown) / 40)
        check(rows[name, "depth"], depth, len(known) / 10, 0.8)
        areas = [[given[p - 1] for p in area] for area in AREAS]
        means = [mean([x for x in area if x is not None] or [9]) for area in areas]
        least = min(means) if max(means) < 9 else None
        low, high = (min(mean(fill if x is None else x for x in area) for area in areas) for fill in (0, 4))
        check(rows[name, "weakest_area"], (least, low, high), len(known) / 10, 0.8)


def test_management_systems_of_one_or_two_sites(models: Models) -> None:
    rng, answers, counts = Random(2), [], {}
    for name in NAMES:
        flags: list[bool | None] = []
        for site in ("s1", "s2")[: rng.randint(1, 2)]:
            for system in SYSTEMS:
                status = rng.choice(("in_force", "in_force", "planned", "absent", None, "na"))
                certified, ends = rng.random() < 0.2, rng.choice(("2024-12-31", "2024-12-30"))
                answers.append(
                    answer(name, "ms_status", None if status == "na" else status, system, site, status == "na")
                )
                if certified:
                    answers.append(answer(name, "ms_certified", "yes", system, site))
                    answers.append(answer(name, "ms_valid_to", ends, system, site))
                if status != "na":
                    valid = certified and ends == "2024-12-31"
                    flags.append(True if valid or status == "in_force" else None if status is None else False)
        counts[name] = flags
    rows = results(models, "kpi_g02", answers)
    for name, flags in counts.items():
        known, unknown = [flag for flag in flags if flag is not None], flags.count(None)
        n = len(flags)
        shares = (sum(known) / len(known), sum(known) / n, (sum(known) + unknown) / n) if known else (None, 0.0, 1.0)
        check(rows[name, None], shares, len(known) / n, 0.6)


def test_functions_trained_and_spend_under_a_clause(models: Models) -> None:
    rng, answers, lines, pairs = Random(3), [], [], {}
    for name in NAMES:
        pairs[name] = [(rng.choice((None, 0, 1, 2)), rng.randint(2, 9)) for _ in range(rng.randint(1, 4))]
        for place, (part, whole) in enumerate(pairs[name]):
            answers.append(answer(name, "risk_functions_trained", part, site=f"s{place}"))
            answers.append(answer(name, "risk_functions", whole, site=f"s{place}"))
        clauses = [(rng.choice((True, True, False, None)), rng.randint(1, 900)) for _ in range(4)]
        lines += [{"buyer_id": name, "year": 2024, "spend_eur": s, "spend_weight_eur": s, "clause_anti_corruption": c}
                  for c, s in clauses]  # fmt: skip
    rows = results(models, "kpi_g03", answers, int_purchases=lines)
    for name, given in pairs.items():
        part, whole = sum(p or 0 for p, _ in given), sum(w for _, w in given)
        known = sum(w for p, w in given if p is not None)
        if known:
            check(rows[name, "functions_trained"], (part / known, part / whole, (part + whole - known) / whole),
                  known / whole, 0.6)  # fmt: skip
        own = [line for line in lines if line["buyer_id"] == name]
        spend = [sum(line["spend_eur"] for line in own if line["clause_anti_corruption"] is c) for c in (True, None)]
        total = sum(line["spend_eur"] for line in own)
        if total > spend[1]:
            check(rows[name, "clause_spend"], (spend[0] / (total - spend[1]), spend[0] / total, sum(spend) / total),
                  1 - spend[1] / total, 0.6)  # fmt: skip


def test_convictions_and_fines_have_no_tolerance(models: Models) -> None:
    rng = Random(4)
    stated = {name: [rng.choice((0, 0, 1, 3, None)) for _ in range(rng.randint(1, 3))] for name in NAMES}
    answers = [
        answer(name, "convictions", v, site=f"s{i}") for name, given in stated.items() for i, v in enumerate(given)
    ]
    rows = results(models, "kpi_g04", answers)
    for name, given in stated.items():
        expected = sum(v for v in given if v is not None) if None not in given else None
        assert rows[name, "convictions"]["value"] == expected
        assert rows[name, "fines"]["status"] == "not_reported"

"""Circularity of products (E19) against golden G4, anchor A8 and a plain formula on random products."""

import itertools
import random
from typing import Any

import pytest

from tests.golden.harness import Models, models  # noqa: F401
from tests.golden.invented import answer, entities

DRAWS = 200
FEED, COLLECTED = ("f_recycled", "f_reused", "f_biological"), ("c_recycling", "c_reuse", "c_composting", "c_energy")
SHARES = (*FEED, *COLLECTED, "e_feedstock", "e_recycling")
USE = ("lifetime", "lifetime_avg", "use_intensity", "use_intensity_avg")
G4 = dict(zip((*SHARES, *USE), (0.3, 0.1, 0, 0.5, 0.1, 0, 0, 0.8, 0.75, 6, 5, 1, 1), strict=True))
A8 = {**dict.fromkeys(SHARES, 0), "lifetime": 7, "lifetime_avg": 7}
Values = dict[str, float]


def _mci_rows(models: Models, products: dict[str, Values]) -> dict[str, Any]:  # noqa: F811
    answers = [
        answer("C", question if question in USE else f"mci_{question}", value, product)
        for product, values in products.items()
        for question, value in {"mass_t": 1.0, **values}.items()
    ]
    rows = models.run("kpi_e19", int_answers=answers, int_answers__entities=entities(["C"]))
    return {row["entity_id"].removeprefix("C|"): row for row in rows}


def _plain_mci(p: Values, up_f: float = 1.0, up_c: float = 1.0) -> float:
    e_f, e_c = min(1.0, p["e_feedstock"] * up_f), min(1.0, p["e_recycling"] * up_c)
    wf = (1 - e_f) * p["f_recycled"] / e_f if p["f_recycled"] else 0.0
    wc = (1 - e_c) * p["c_recycling"]
    waste = 1 - sum(p[name] for name in COLLECTED) + (wf + wc) / 2
    lfi = (1 - sum(p[name] for name in FEED) + waste) / (2 + (wf - wc) / 2)
    x = p.get("lifetime", 1) / p.get("lifetime_avg", 1) * p.get("use_intensity", 1) / p.get("use_intensity_avg", 1)
    return max(0.0, 1 - lfi * 0.9 / x)


def _product(rng: random.Random) -> Values:
    values = {name: rng.choice((0.0, rng.uniform(0, 0.33))) for name in FEED}
    values |= {name: rng.choice((0.0, rng.uniform(0, 0.25))) for name in COLLECTED}
    values |= {"e_feedstock": rng.uniform(0.5, 1), "e_recycling": rng.uniform(0.5, 1)}
    return values | ({name: rng.uniform(1, 9) for name in USE} if rng.random() < 0.5 else {})


def test_golden_g4_and_a_linear_product(models: Models) -> None:  # noqa: F811
    rows = _mci_rows(models, {"g4": G4, "a8": A8})
    assert rows["g4"]["value"] == pytest.approx(0.582278, abs=1e-6)
    assert rows["a8"]["value"] == pytest.approx(0.1, abs=1e-9)
    assert (rows["g4"]["worst_tier"], rows["a8"]["worst_tier"]) == (2, 5)


def test_circularity_agrees_with_a_plain_formula(models: Models) -> None:  # noqa: F811
    rng = random.Random(19)
    products = {f"p{number}": _product(rng) for number in range(DRAWS)}
    rows = _mci_rows(models, products)
    for name, values in products.items():
        around = [_plain_mci(values, f, c) for f, c in itertools.product((0.9, 1, 1.1), repeat=2)]
        assert rows[name]["status"] == "ok"
        assert rows[name]["value"] == pytest.approx(_plain_mci(values), abs=1e-8)
        assert rows[name]["value_low"] == pytest.approx(min(around), abs=1e-8)
        assert rows[name]["value_high"] == pytest.approx(max(around), abs=1e-8)
    mean = sum(map(_plain_mci, products.values())) / DRAWS
    assert rows["C"]["value"] == pytest.approx(mean, abs=1e-8)


@pytest.mark.parametrize("wrong", [
    {"f_recycled": 0.8, "f_reused": 0.3}, {"c_reuse": 1.2}, {"c_recycling": 0.9, "c_energy": 0.2}, {"e_recycling": -0.1},
    {"f_biological": None},
])  # fmt: skip
def test_shares_that_cannot_be_are_unknown(models: Models, wrong: Values) -> None:  # noqa: F811
    row = _mci_rows(models, {"p": {**G4, **wrong}})["p"]
    assert (row["status"], row["value"]) == ("insufficient_coverage", None)

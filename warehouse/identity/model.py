"""The comparison model: levels in SQL here, their likelihoods in `model.json`, trained once (see `training.py`).

Fellegi and Sunter (1969): each level of each comparison has the probabilities m (among equals) and u (among different
ones); their ratio moves the odds. splink computes it in the database. Training at each run would let one delivery
move the scores of all others, so the parameters are a versioned file.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MODEL = Path(__file__).with_name("model.json")
# Names of comparisons and their levels from most to least alike; {l} and {r} stand for the two records.
LEVELS: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {}


def _overlap(column: str, of: str) -> str:
    common = f"len(list_intersect({column}_l, {column}_r))"
    sizes = {
        "smaller": f"least(len({column}_l), len({column}_r))",
        "both": f"len({column}_l) + len({column}_r) - {common}",
    }
    return f"{common} / nullif({sizes[of]}, 0)"


_NAME, _PLAIN = _overlap("core_grams", "both"), _overlap("plain_grams", "both")
_PLACE = _overlap("address_grams", "smaller")
_HOUSE = _overlap("address_numbers", "smaller")
LEVELS["name"] = (
    "core_l is null or core_r is null or core_l = '' or core_r = ''",
    (
        ("same", "core_l = core_r"),
        # With the common words too: where blanks stand inside of words, no word is known to be common.
        ("close", f"{_NAME} >= 0.6 or {_PLAIN} >= 0.6"),
        ("related", f"{_NAME} >= 0.35 or {_PLAIN} >= 0.5"),
        ("different", "ELSE"),
    ),
)
LEVELS["number_in_name"] = (
    "len(numbers_l) = 0 and len(numbers_r) = 0",
    (
        ("same", "numbers_l = numbers_r"),
        ("one_sided", "len(numbers_l) = 0 or len(numbers_r) = 0"),
        ("different", "ELSE"),
    ),
)
LEVELS["address"] = (
    "coalesce(len(address_grams_l), 0) = 0 or coalesce(len(address_grams_r), 0) = 0",
    (("close", f"{_PLACE} >= 0.7"), ("related", f"{_PLACE} >= 0.4"), ("different", "ELSE")),
)
LEVELS["number_in_address"] = (
    "len(address_numbers_l) = 0 or len(address_numbers_r) = 0",
    (("same", f"{_HOUSE} >= 0.99"), ("some", f"{_HOUSE} > 0"), ("different", "ELSE")),
)
LEVELS["country"] = (
    "country_l is null or country_r is null",
    (("same", "country_l = country_r"), ("different", "ELSE")),
)


@dataclass(frozen=True)
class Model:
    """Likelihoods and thresholds; `m` and `u`: probability of a level per comparison; `prior`: of a candidate pair."""

    version: str
    prior: float
    merge_at: float
    review_at: float
    m: dict[str, dict[str, float]]
    u: dict[str, dict[str, float]]


def load_model(path: Path = MODEL) -> Model:
    """Read a model; `ValueError` if a level of a comparison has no likelihood."""
    raw: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    model = Model(**{name: raw[name] for name in Model.__dataclass_fields__})
    for name, (_, levels) in LEVELS.items():
        if any({label for label, _ in levels} != set(side.get(name, ())) for side in (model.m, model.u)):
            raise ValueError(f"{path.name} does not know the levels of comparison {name}: train it again")
    return model


def settings(model: Model) -> dict[str, Any]:
    """Return the settings of splink for a model."""
    return {
        "sql_dialect": "duckdb",
        "link_type": "dedupe_only",
        "unique_id_column_name": "unique_id",
        "probability_two_random_records_match": model.prior,
        "retain_intermediate_calculation_columns": True,
        "retain_matching_columns": True,
        "blocking_rules_to_generate_predictions": [
            {"blocking_rule": "l.keys = r.keys", "sql_dialect": "duckdb", "arrays_to_explode": ["keys"]}
        ],
        "comparisons": [_comparison(model, name) for name in LEVELS],
    }


def _comparison(model: Model, name: str) -> dict[str, Any]:
    missing, levels = LEVELS[name]
    described = [{"sql_condition": missing, "label_for_charts": "missing", "is_null_level": True}]
    described += [
        {"sql_condition": sql, "label_for_charts": label, "m_probability": model.m[name][label],
         "u_probability": model.u[name][label]}
        for label, sql in levels
    ]  # fmt: skip
    return {"output_column_name": name, "comparison_levels": described}

"""The declared questionnaires: versions, questions, whom they may be asked of; read once and strictly."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ingestion.declarations import DeclarationError
from ingestion.questionnaires.questions import Purpose, Question, Questionnaire, Version
from warehouse.settings import PROJECT

_FOLDER = Path(__file__).parent
SEEDS = PROJECT / "dbt_project" / "seeds"
CAPS = ("micro", "small", "beyond")
LANGUAGES = ("en", "de")


@cache
def questionnaires() -> dict[str, Questionnaire]:
    """Return every declared questionnaire by name; raise `DeclarationError` if one cannot be used."""
    return {path.stem: load_questionnaire(path) for path in sorted(_FOLDER.glob("*.yml"))}


def canonical_questions() -> set[str]:
    """Return the ids of all questions that have a meaning in the network."""
    return {row["question_id"] for row in _rows("survey_questions")}


def load_questionnaire(path: Path) -> Questionnaire:
    """Read one declaration; raise `DeclarationError` naming the file and the entry."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    try:
        seed = {row["question_id"]: row for row in _rows("survey_questions")}
        questions = {name: _question(name, body, raw, seed) for name, body in raw["questions"].items()}
        versions = tuple(Version(name, **dates) for name, dates in raw["versions"].items())
        purposes = {name: Purpose(name, **body) for name, body in raw["purposes"].items()}
        for question in questions.values():
            _check(question, raw, {v.name for v in versions})
        words = {name: raw[name] for name in ("title", "notice", "submission", "repeat", "period", "choices", "groups")}
        return Questionnaire(raw["questionnaire"], versions=versions, questions=questions, purposes=purposes,
                             **raw["cap"], **words)  # fmt: skip
    except (KeyError, TypeError, AttributeError, DeclarationError) as error:
        raise DeclarationError(f"{path.name}: {error!r}") from error


def _question(name: str, body: Mapping[str, Any], raw: Mapping[str, Any], seed: Mapping[str, Any]) -> Question:
    unknown = set(body) - {f.name for f in fields(Question)}
    if unknown:
        raise DeclarationError(f"{name}: unknown entry {sorted(unknown)[0]}")
    if ("kind" in body) == (name in seed):
        raise DeclarationError(f"{name}: its kind stands in survey_questions.csv, or here if it is asked no more")
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in body.items()}
    values["items"] = raw["item_lists"][body["items"]] if "items" in body else {}
    canonical = seed.get(name, {"value_kind": body.get("kind"), "canonical_unit": ""})
    values |= {"kind": canonical["value_kind"], "is_money": canonical["canonical_unit"] == "EUR"}
    return Question(id=name, **values)


def _check(question: Question, raw: Mapping[str, Any], versions: set[str]) -> None:
    known_units = {row["unit"] for row in _rows("units")}
    problems = {
        "cap": question.cap not in CAPS or (question.disclosure is None) != (question.cap == "beyond"),
        "purpose": question.purpose not in raw["purposes"],
        "group": question.group not in raw["groups"],
        "units": not set(question.units) <= known_units,
        "since or until": not {question.since, question.until} - {None} <= versions,
    }
    wrong = next((what for what, is_wrong in problems.items() if is_wrong), None)
    if wrong:
        raise DeclarationError(f"question {question.id}: {wrong} does not fit the rest of the declaration")


@cache
def _rows(seed: str) -> tuple[dict[str, str], ...]:
    with (SEEDS / f"{seed}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))

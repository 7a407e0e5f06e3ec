"""What becomes of an answer when a questionnaire gets a new version: carried over, re-asked, dropped, unclassified."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

from ingestion.questionnaires.declared import SEEDS
from ingestion.questionnaires.questions import Questionnaire

ACTIONS = ("carry_over", "re_ask", "drop", "unclassified", "new")


@dataclass(frozen=True)
class Step:
    """What becomes of one question; `new` is one that the older version did not have."""

    question_id: str
    action: str
    to_question_id: str | None
    note: str = ""


@cache
def _declared() -> tuple[dict[str, str], ...]:
    with (SEEDS / "questionnaire_crosswalk.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def crosswalk(questionnaire: Questionnaire, old: str, new: str) -> tuple[Step, ...]:
    """Return one step per question of either version; raise `KeyError` for an unknown version.

    A question of both versions is carried over. One that the newer version does not have, and of which the seed
    `questionnaire_crosswalk` says nothing, is unclassified: nobody may guess what it means.
    """
    now = {question.id for question in questionnaire.asked_in(new)}
    said = {
        row["question_id"]: Step(row["question_id"], row["action"], row["to_question_id"] or None, row["note"])
        for row in _declared()
        if (row["questionnaire"], row["from_version"], row["to_version"]) == (questionnaire.name, old, new)
    }
    steps = []
    for question in questionnaire.asked_in(old):
        same = Step(question.id, "carry_over", question.id) if question.id in now else None
        steps.append(said.get(question.id) or same or Step(question.id, "unclassified", None))
    before = {step.question_id for step in steps}
    steps += [
        Step(question.id, "new", question.id) for question in questionnaire.asked_in(new) if question.id not in before
    ]
    return tuple(steps)

"""The fields of a form, named once: what the form writes and what the intake reads back by the same names.

A field is found by its own name wherever it stands in a form, so a question that moves to another group is not lost.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ingestion.questionnaires.questions import Question, Questionnaire, Words

# In a repeat group, the copies of what was said once per submission: its file alone must say whose answers it holds.
COPY = "of_"
STATES, SELECTED = "state", "items"


@dataclass(frozen=True)
class Field:
    """One field of a form; `role` is context, value, unit, state, na_reason or items (which items are used)."""

    name: str
    role: str
    kind: str
    label: Words
    question: Question | None = None
    item: str | None = None
    column: str | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    choice_labels: Mapping[str, Words] = field(default_factory=dict)
    required: bool = False
    pattern: str | None = None
    many: bool = False


def plain_name(text: str) -> str:
    """Return text as a name that forms allow: lower case letters, digits and underscores."""
    return re.sub(r"[^a-z0-9]+", "_", text.replace("³", "3").replace("₂", "2").lower()).strip("_")


def context_fields(questionnaire: Questionnaire, part: str) -> list[Field]:
    """Return the fields that fill columns of all answers; `part` is submission or period."""
    bodies = questionnaire.submission if part == "submission" else questionnaire.period
    found = []
    for column, body in bodies.items():
        labels = questionnaire.choices[column] if body["type"] == "choice" else {}
        found.append(
            Field(column, "context", body["type"], _words(body), column=None if body.get("relevance_only") else column,
                  choices={name: name for name in labels},
                  choice_labels=labels, required=body.get("required", False), pattern=body.get("pattern"))
        )  # fmt: skip
    return found


def question_fields(questionnaire: Questionnaire, question: Question) -> list[Field]:
    """Return the fields of one question: its values per item, the unit, and what to say when there is no value."""
    found = []
    if question.choose_items:
        names = {plain_name(item): item for item in question.items}
        labels = {plain_name(item): words for item, words in question.items.items()}
        label = _joined(_words(question), {"en": "which of these?", "de": "welche davon?"})
        found.append(Field(f"{question.id}__{SELECTED}", "items", "choice", label, question, choices=names,
                           choice_labels=labels, many=True))  # fmt: skip
    items: list[tuple[str | None, Words | None]] = list(question.items.items()) or [(None, None)]
    for item, words in items:
        name = question.id if item is None else f"{question.id}__{plain_name(item)}"
        label = _words(question) if words is None else _joined(_words(question), words)
        required = question.required and item is None
        kind = "choice" if question.choices else _KINDS.get(question.kind, "decimal")
        found.append(Field(name, "value", kind, label, question, item, choices={c: c for c in question.choices},
                           choice_labels=question.choices, required=required, pattern=question.pattern))  # fmt: skip
        found += _about_value(questionnaire, question, item, name, label)
    return found


def form_fields(questionnaire: Questionnaire, version: str) -> dict[str, Field]:
    """Return every field of a version by name."""
    context = context_fields(questionnaire, "submission") + context_fields(questionnaire, "period")
    asked = [f for question in questionnaire.asked_in(version) for f in question_fields(questionnaire, question)]
    return {f.name: f for f in (*context, *asked)}


_KINDS = {"text": "text", "count": "integer"}


def _about_value(
    questionnaire: Questionnaire, question: Question, item: str | None, name: str, label: Words
) -> list[Field]:
    found = []
    if len(question.units) > 1:
        names = {plain_name(unit): unit for unit in question.units}
        labels = {plain_name(unit): {"en": unit, "de": unit} for unit in question.units}
        found.append(Field(f"{name}__unit", "unit", "choice", _joined(label, {"en": "unit", "de": "Einheit"}), question,
                           item, choices=names, choice_labels=labels))  # fmt: skip
    if not question.choose_items:
        states = questionnaire.choices[STATES]
        why = _joined(label, {"en": "why is there no value?", "de": "warum kein Wert?"})
        reason = _joined(label, {"en": "why does it not apply?", "de": "warum trifft es nicht zu?"})
        found.append(Field(f"{name}__state", "state", "choice", why, question, item,
                           choices={state: state for state in states}, choice_labels=states))  # fmt: skip
        found.append(Field(f"{name}__reason", "na_reason", "text", reason, question, item))
    return found


def _words(body: object) -> Words:
    if isinstance(body, Question):
        return {"en": body.en, "de": body.de}
    assert isinstance(body, Mapping)
    return {"en": body["en"], "de": body["de"]}


def _joined(first: Words, second: Words) -> Words:
    return {language: f"{first[language]}: {second[language]}" for language in first}

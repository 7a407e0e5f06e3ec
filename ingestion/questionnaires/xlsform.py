"""A questionnaire as XLSForm (xlsform.org): the workbook that ODK Central and KoboToolbox turn into a form.

All answers stand in one repeat group, so that several sites and years go into one submission. The group carries copies
of what is said once, because servers export it as a file of its own, which must say whose answers it holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import xlsxwriter

from ingestion.questionnaires.declared import LANGUAGES
from ingestion.questionnaires.fields import COPY, SELECTED, Field, context_fields, plain_name, question_fields
from ingestion.questionnaires.questions import Question, Questionnaire, Words

_NAMES = {"en": "English (en)", "de": "Deutsch (de)"}
_LABELS = {language: f"label::{_NAMES[language]}" for language in LANGUAGES}
SURVEY = ("type", "name", *_LABELS.values(), "required", "relevant", "constraint", "calculation", "repeat_count")
CHOICES = ("list_name", "name", *_LABELS.values())
SETTINGS = ("form_title", "form_id", "version", "default_language", "instance_name")
_TYPES = {"text": "text", "date": "date", "decimal": "decimal", "integer": "integer"}
Row = Mapping[str, str]


def write_xlsform(questionnaire: Questionnaire, version: str, path: Path) -> Path:
    """Write the three sheets of the form; raise `KeyError` for an unknown version."""
    survey = list(survey_rows(questionnaire, version))
    settings: Row = {
        "form_title": f"{questionnaire.title['en']} ({version})", "form_id": questionnaire.name, "version": version,
        "default_language": _NAMES["en"], "instance_name": "${entity_id}",
    }  # fmt: skip
    sheets: dict[str, tuple[tuple[str, ...], list[Row]]] = {
        "survey": (SURVEY, survey),
        "choices": (CHOICES, list(choice_rows(questionnaire, version))),
        "settings": (SETTINGS, [settings]),
    }
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        for title, (columns, rows) in sheets.items():
            sheet = book.add_worksheet(title)
            sheet.write_row(0, 0, columns)
            for line, row in enumerate(rows, start=1):
                for place, column in enumerate(columns):
                    if row.get(column):
                        sheet.write_string(line, place, row[column])
    return path


def survey_rows(questionnaire: Questionnaire, version: str) -> Iterator[Row]:
    """Yield the rows of the sheet `survey`."""
    submission = context_fields(questionnaire, "submission")
    yield {"type": "calculate", "name": "survey_version", "calculation": f"'{version}'"}
    yield {"type": "calculate", "name": "answered_at", "calculation": "once(format-date(today(), '%Y-%m-%d'))"}
    yield {"type": "note", "name": "notice_of_rights", **_labels(questionnaire.notice)}
    for f in submission:
        yield _row(f)
    repeat = questionnaire.repeat
    yield {"type": "begin_repeat", "name": repeat["name"], **_labels(repeat)}
    for name in ("survey_version", "answered_at", *(f.name for f in submission)):
        yield {"type": "calculate", "name": COPY + name, "calculation": f"${{{name}}}"}
    for f in context_fields(questionnaire, "period"):
        yield _row(f)
    yield from _groups(questionnaire, questionnaire.asked_in(version))
    yield {"type": "end_repeat", "name": ""}


def _groups(questionnaire: Questionnaire, asked: tuple[Question, ...]) -> Iterator[Row]:
    has_headcount = any(question.id == "headcount" for question in asked)
    for group, words in questionnaire.groups.items():
        inside = [question for question in asked if question.group == group]
        if not inside:
            continue
        yield {"type": "begin_group", "name": f"group_{group}", **_labels(words)}
        for question in inside:
            relevant = _relevant(question, has_headcount)
            for f in question_fields(questionnaire, question):
                yield _row(f, relevant)
        yield {"type": "end_group", "name": ""}


def _row(f: Field, relevant: str = "") -> Row:
    kind = _TYPES.get(f.kind, "")
    if f.kind == "choice":
        kind = f"select_{'multiple' if f.many else 'one'} {list_name(f)}"
    conditions = [relevant, *_own_conditions(f)]
    constraint = f"regex(., '^{f.pattern}$')" if f.pattern else ""
    if f.question is not None and f.role == "value" and f.kind in ("decimal", "integer"):
        constraint = ". >= 0"
    return {
        "type": kind, "name": f.name, **_labels(f.label), "required": "yes" if f.required and not f.question else "",
        "relevant": " and ".join(condition for condition in conditions if condition), "constraint": constraint,
    }  # fmt: skip


def _own_conditions(f: Field) -> Iterator[str]:
    question = f.question
    if question is None:
        return
    if question.choose_items and f.role in ("value", "unit"):
        assert f.item is not None
        yield f"selected(${{{question.id}__{SELECTED}}}, '{plain_name(f.item)}')"
    value = question.id if f.item is None else f"{question.id}__{plain_name(f.item)}"
    if f.role == "unit":
        yield f"${{{value}}} != ''"
    elif f.role == "state":
        yield f"${{{value}}} = ''"
    elif f.role == "na_reason":
        yield f"${{{value}__state}} = 'not_applicable'"


def _relevant(question: Question, has_headcount: bool) -> str:
    conditions = []
    if question.employees_from and has_headcount:
        conditions.append(f"${{headcount}} >= {question.employees_from}")
    if question.nace:
        conditions.append(f"selected('{' '.join(divisions(question))}', ${{nace_division}})")
    return " and ".join(conditions)


def divisions(question: Question) -> tuple[str, ...]:
    """Return the NACE divisions of a question: `10-33` are all from 10 to 33."""
    found: list[str] = []
    for part in question.nace:
        first, _, last = part.partition("-")
        found += [f"{number:02}" for number in range(int(first), int(last or first) + 1)]
    return tuple(found)


def list_name(f: Field) -> str:
    """Return the name of the list of choices of a field; lists with the same choices share one."""
    if f.column or f.role == "state":
        return f.column or "state"
    return plain_name("_".join([*{"unit": ["units"], "items": ["items"]}.get(f.role, [f.name]), *f.choices]))


def choice_rows(questionnaire: Questionnaire, version: str) -> Iterator[Row]:
    """Yield the rows of the sheet `choices`, each list once."""
    asked = [f for question in questionnaire.asked_in(version) for f in question_fields(questionnaire, question)]
    context = context_fields(questionnaire, "submission") + context_fields(questionnaire, "period")
    lists = {list_name(f): f for f in (*context, *asked) if f.kind == "choice"}
    for name, f in lists.items():
        for choice in f.choices:
            yield {"list_name": name, "name": choice, **_labels(f.choice_labels[choice])}


def _labels(words: Words) -> dict[str, str]:
    return {_LABELS[language]: words[language] for language in LANGUAGES}

"""From submissions to answers: one row per question and item, in the words of the version that was answered.

Nothing is re-shaped here: an answer keeps its version and its own question, and staging applies the crosswalk.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from ingestion.formats.survey_cells import Cell, Instance
from ingestion.formats.survey_known import ANSWERED, VERSION, choice_of, fields_of, is_selected, names_of
from ingestion.questionnaires.fields import Field
from ingestion.questionnaires.questions import Questionnaire
from ingestion.records import Record, Rejected

_NUMBER = re.compile(r"[+-]?\d{1,19}(\.\d{1,20})?([eE][+-]?\d{1,2})?", re.ASCII)
_VERSIONS = ("formversion", "_formversion", "__version__", "_version_")
_SENT_AT = ("submissiondate", "_submissiondate", "_submission_time", "_submission___submission_time")
_IDS = ("parent_key", "key", "_instanceid", "instanceid", "__id", "_uuid", "_submission__uuid")
_REVIEWS = (
    "reviewstate",
    "_reviewstate",
    "_validation_status",
    "_validation_status/uid",
    "_submission___validation_status",
)
_REFUSED = re.compile(r"rejected|not[ _]approved", re.IGNORECASE)
_ONCE = frozenset({"minutes_spent"})


def answers(instances: Iterable[Instance], questionnaire: Questionnaire) -> Iterator[Record | Rejected]:
    """Yield one record per answer, and everything filled in that is none with its reason, numbered through."""
    found = (row for instance in instances for row in _answers_of(instance, questionnaire))
    for number, row in enumerate(found, start=1):
        yield replace(row, row_number=number)


def _answers_of(instance: Instance, questionnaire: Questionnaire) -> Iterator[Record | Rejected]:
    version, refusal = _version(instance, questionnaire)
    review = next((instance.system[name] for name in _REVIEWS if name in instance.system), "")
    if refusal is None and _REFUSED.search(review):
        refusal = _rejected(instance, "not_approved", f"the submission was marked {review[:40]!r} on the form server",
                            "correct it there and export it again")  # fmt: skip
    if refusal is not None:
        yield refusal
        return
    fields = fields_of(questionnaire.name, version)
    context = _context(instance, fields) | {VERSION: version}
    rows = [*_values(instance, fields, context), *_unclassified(instance, questionnaire.name, version)]
    if not rows:
        rows = [_rejected(instance, "no_answers", "the submission holds no answer of its own",
                          "send the file of the repeat group, or JSON with the repeats inside")]  # fmt: skip
    yield from rows


def _version(instance: Instance, questionnaire: Questionnaire) -> tuple[str, Rejected | None]:
    sent = [instance.text(VERSION), *(instance.system.get(name) for name in _VERSIONS)]
    known = questionnaire.version_names
    found = next((name for name in sent if name in known), None)
    if found is not None and (sent[0] in (None, found)):
        return found, None
    shown = next((name for name in sent if name), "none")
    message = f"version {shown[:40]!r} of {questionnaire.name} is not known"
    return "", _rejected(instance, "unknown_version", message, f"answer one of {', '.join(known)}")


def _context(instance: Instance, fields: Mapping[str, Field]) -> dict[str, str | None]:
    columns = {f.column: f for f in fields.values() if f.column}
    values = {column: choice_of(f, text) if (text := instance.text(f.name)) else None for column, f in columns.items()}
    sent_at = instance.text(ANSWERED) or next((instance.system[n] for n in _SENT_AT if n in instance.system), "")
    key = next((instance.system[name] for name in _IDS if name in instance.system), None)
    return values | {
        ANSWERED: sent_at[:10] or None,
        "channel": values.get("channel") or "form",
        "submission_id": key.partition("/")[0] if key else None,
    }


def _values(
    instance: Instance, fields: Mapping[str, Field], context: Mapping[str, str | None]
) -> Iterator[Record | Rejected]:
    first = True
    for f in (f for f in fields.values() if f.role == "value"):
        cell = next(iter(instance.cells.get(f.name, ())), None)
        parts = {role: instance.text(f"{f.name}__{end}") for role, end in _PARTS.items()}
        if cell is None and not any((parts["state"], parts["na_reason"], is_selected(instance, fields, f))):
            continue
        once: Mapping[str, str | None] = {} if first else dict.fromkeys(_ONCE)
        row = _row(instance, f, cell, parts, {**context, **once}, fields)
        first = first and isinstance(row, Rejected)
        yield row


_PARTS = {"unit": "unit", "state": "state", "na_reason": "reason"}


def _row(instance: Instance, f: Field, cell: Cell | None, parts: Mapping[str, str | None],
         context: Mapping[str, str | None], fields: Mapping[str, Field]) -> Record | Rejected:  # fmt: skip
    assert f.question is not None
    place = f"{instance.place}, column {cell.sent if cell else f.name}"
    text = choice_of(f, cell.text) if cell else None
    state = choice_of(fields[f"{f.name}__state"], parts["state"]) if parts["state"] else None
    is_number = f.kind in ("decimal", "integer")
    if text is None and state is None:
        return _rejected(instance, "missing_value", f"{f.name}: it is said to be used, but there is no value",
                         "fill the value or do not name the item", place=place)  # fmt: skip
    if text is not None and is_number and not _NUMBER.fullmatch(text):
        return _rejected(instance, "not_a_number", f"{f.name}: {text[:60]!r} is no number", "write it as 1234.56",
                         place, text)  # fmt: skip
    if text is not None and f.choices and text not in f.choices.values():
        return _rejected(instance, "unknown_choice", f"{f.name}: {text[:60]!r} is none of its choices",
                         f"choose one of {', '.join(f.choices)}", place, text)  # fmt: skip
    stated = "zero" if is_number and text is not None and float(text) == 0 else "value"
    units = f.question.units
    unit = choice_of(fields[f"{f.name}__unit"], parts["unit"]) if parts["unit"] else next(iter(units), None)
    values = {**context, "question_id": f.question.id, "item": f.item, "value": text, "unit": unit,
              "value_state": state if text is None else stated, "na_reason": parts["na_reason"]}  # fmt: skip
    if text is not None and state is not None:
        values["value_state"] = state  # a contradiction for the row rules to name
    if not f.question.is_money:
        values["currency"] = None
    return Record(0, place, values)


def _unclassified(instance: Instance, name_of_form: str, version: str) -> Iterator[Rejected]:
    known = names_of(name_of_form, version)
    for name, cells in instance.cells.items():
        if name not in known:
            place = f"{instance.place}, column {cells[0].sent}"
            message = f"{name[:80]!r} is no question of version {version}; the answer is unclassified"
            yield _rejected(instance, "unclassified_question", message, "ask for it to be declared, or leave it out",
                            place, cells[0].text)  # fmt: skip


def _rejected(
    instance: Instance, code: str, message: str, fix: str, place: str | None = None, raw: str = ""
) -> Rejected:
    sent = raw or json.dumps({n: c[0].text[:80] for n, c in list(instance.cells.items())[:30]}, ensure_ascii=False)
    return Rejected(0, place or instance.place, code, message, fix, sent[:2000])

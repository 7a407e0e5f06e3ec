"""Which questionnaire a file answers, and what its cells mean: choices by name or label, in one column or in many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from ingestion.formats.survey_cells import Cell, Instance, Known
from ingestion.questionnaires.declared import questionnaires
from ingestion.questionnaires.fields import COPY, Field, context_fields, form_fields
from ingestion.questionnaires.questions import Questionnaire

VERSION, ANSWERED = "survey_version", "answered_at"


@cache
def known_fields(name: str) -> Known:
    """Return every field of a questionnaire over its versions; the newest wording wins."""
    questionnaire = questionnaires()[name]
    versions = [form_fields(questionnaire, version) for version in questionnaire.version_names]
    fields = {name: found for version in versions for name, found in version.items()}
    shared = {f.name for f in context_fields(questionnaire, "submission")} | {VERSION, ANSWERED}
    labels = {words.casefold(): f.name for f in fields.values() for words in f.label.values()}
    copies = {COPY + name for name in shared}
    return Known(fields, frozenset(shared | copies), labels)


@cache
def any_known() -> Known:
    """Return the fields of all questionnaires, for a look before it is clear which one is answered."""
    known = [known_fields(name) for name in questionnaires()]
    return Known(
        {name: found for one in known for name, found in one.fields.items()},
        frozenset(name for one in known for name in one.shared),
        {label: name for one in known for label, name in one.labels.items()},
    )


@cache
def fields_of(name: str, version: str) -> Mapping[str, Field]:
    """Return the fields of one version of a questionnaire, made once for all submissions."""
    return form_fields(questionnaires()[name], version)


@cache
def names_of(name: str, version: str) -> frozenset[str]:
    """Return every name under which a form of this version may bring a cell, copies in a repeat group too."""
    plain = {*fields_of(name, version), VERSION, ANSWERED}
    return frozenset(plain | {COPY + one for one in plain})


def best_questionnaire(names: Iterable[str]) -> Questionnaire:
    """Return the questionnaire that claims most of these columns."""
    sent = list(names)

    def claimed(questionnaire: Questionnaire) -> int:
        known = known_fields(questionnaire.name)
        return sum(known.place_of(name)[0] in known.fields for name in sent)

    return max(questionnaires().values(), key=claimed)


def choice_of(field: Field, text: str) -> str:
    """Return the choice that a cell means, by its name or by its label in any language; else the text itself."""
    if not field.choices or text in field.choices:
        return field.choices.get(text, text)
    labels = {w.casefold(): n for n, words in field.choice_labels.items() for w in words.values()}
    name = labels.get(text.casefold())
    return field.choices[name] if name else text


def is_selected(instance: Instance, fields: Mapping[str, Field], f: Field) -> bool:
    """Return whether the multiple choice of a question names the item of this field."""
    assert f.question is not None
    chosen = fields.get(f"{f.question.id}__items")
    if chosen is None:
        return False
    names = {choice_of(chosen, name) for name in _chosen(instance.cells.get(chosen.name, ()))}
    return f.item in names


def _chosen(cells: Iterable[Cell]) -> Iterator[str]:
    for cell in cells:
        if cell.choice is None:
            yield from cell.text.split()
        elif cell.text.lower() in ("1", "1.0", "true", "yes"):
            yield cell.choice

"""Rules about the version of an answer, made from the declared questionnaires: unknown, outdated, no longer asked."""

from __future__ import annotations

from collections.abc import Iterator

from ingestion.column_sql import listed, quoted
from ingestion.questionnaires.crosswalk import crosswalk
from ingestion.questionnaires.declared import canonical_questions, questionnaires
from ingestion.questionnaires.questions import Questionnaire
from ingestion.reader import RowRule

_FIX = "answer the newest version of the questionnaire"
_FLAGS = {
    "unclassified_question": (
        "question_id", "nobody said what this question means, or what it means today; the answer is kept and not used",
        "ask for it to be declared, or leave it out",
    ),
    "question_re_asked": ("question_id", "the question changed its meaning; the answer is kept and not used", _FIX),
    "question_dropped": ("question_id", "the question is asked no more; the answer is kept and not used", _FIX),
    "version_outdated": ("survey_version", "this version of the questionnaire was valid no more", _FIX),
}  # fmt: skip
_ACTIONS = {"unclassified": "unclassified_question", "re_ask": "question_re_asked", "drop": "question_dropped"}


def version_rules(table: str, versions: tuple[str, ...]) -> Iterator[RowRule]:
    """Yield the rules of a table of answers; `versions` are all that the source knows, those of templates too."""
    yield RowRule(
        table, "unknown_version", "survey_version", f"survey_version not in ({listed(versions)})",
        "the version of the questionnaire is not known", f"answer one of {', '.join(versions)}",
    )  # fmt: skip
    # One rule per reason: each rule is a question to the database in every delivery.
    broken: dict[str, list[str]] = {}
    for questionnaire in questionnaires().values():
        for code, condition in _conditions(questionnaire):
            broken.setdefault(code, []).append(condition)
    for code, conditions in broken.items():
        column, message, fix = _FLAGS[code]
        yield RowRule(table, code, column, " or ".join(f"({one})" for one in conditions), message, fix, flags=True)


def _conditions(questionnaire: Questionnaire) -> Iterator[tuple[str, str]]:
    newest = questionnaire.version_names[-1]
    for version in questionnaire.versions:
        is_version = f"survey_version = {quoted(version.name)}"
        # A canonical question has a meaning, whether this questionnaire asks it or another one did.
        asked = tuple(
            sorted({question.id for question in questionnaire.asked_in(version.name)} | canonical_questions())
        )
        yield "unclassified_question", f"{is_version} and question_id not in ({listed(asked)})"
        if version.valid_to:
            yield "version_outdated", f"{is_version} and answered_at > date '{version.valid_to}'"
        steps = crosswalk(questionnaire, version.name, newest) if version.name != newest else ()
        for action, code in _ACTIONS.items():
            ids = tuple(step.question_id for step in steps if step.action == action)
            if ids:
                yield code, f"{is_version} and question_id in ({listed(ids)})"

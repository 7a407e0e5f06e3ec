"""Rules about the version of an answer, made from the declared questionnaires: unknown, outdated, no longer asked."""

from __future__ import annotations

from collections.abc import Iterator

from ingestion.column_sql import listed, quoted
from ingestion.questionnaires.crosswalk import crosswalk
from ingestion.questionnaires.declared import questionnaires
from ingestion.questionnaires.questions import Questionnaire
from ingestion.reader import RowRule

_SAID = {
    "re_ask": ("question_re_asked", "the question changed its meaning; the answer is kept and counts for no question"),
    "drop": ("question_dropped", "the question is asked no more; the answer is kept and counts for no question"),
    "unclassified": ("unclassified_question", "nobody said what this question of an older version means today"),
}
_FIX = "answer the newest version of the questionnaire"


def version_rules(table: str, versions: tuple[str, ...]) -> Iterator[RowRule]:
    """Yield the rules of a table of answers; `versions` are all that the source knows, those of templates too."""
    yield RowRule(
        table, "unknown_version", "survey_version", f"survey_version not in ({listed(versions)})",
        "the version of the questionnaire is not known", f"answer one of {', '.join(versions)}",
    )  # fmt: skip
    for questionnaire in questionnaires().values():
        yield from _of_questionnaire(table, questionnaire)


def _of_questionnaire(table: str, questionnaire: Questionnaire) -> Iterator[RowRule]:
    newest = questionnaire.version_names[-1]
    for version in questionnaire.versions:
        is_version = f"survey_version = {quoted(version.name)}"
        asked = tuple(question.id for question in questionnaire.asked_in(version.name))
        yield RowRule(
            table, "unclassified_question", "question_id", f"{is_version} and question_id not in ({listed(asked)})",
            f"no question of version {version.name}; the answer is kept and counts for no question",
            "ask for it to be declared, or leave it out", flags=True,
        )  # fmt: skip
        if version.valid_to:
            yield RowRule(
                table, "version_outdated", "survey_version",
                f"{is_version} and answered_at > date '{version.valid_to}'",
                f"version {version.name} was valid until {version.valid_to}", _FIX, flags=True,
            )  # fmt: skip
        steps = crosswalk(questionnaire, version.name, newest) if version.name != newest else ()
        for action, (code, message) in _SAID.items():
            ids = tuple(step.question_id for step in steps if step.action == action)
            if ids:
                broken = f"{is_version} and question_id in ({listed(ids)})"
                yield RowRule(table, code, "question_id", broken, message, _FIX, flags=True)

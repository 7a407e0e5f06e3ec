"""What a questionnaire is made of: versions, purposes, questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Words = Mapping[str, str]


@dataclass(frozen=True)
class Version:
    """When a version may be asked; without an end it is the current one."""

    name: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True)
class Purpose:
    """Why something is asked; `bound_by_cap` says that nothing beyond the value-chain cap may leave for it."""

    name: str
    bound_by_cap: bool
    legal_basis: str


@dataclass(frozen=True)
class Question:
    """One question; `kind` comes from the seed of canonical questions, or from here for one that is asked no more."""

    id: str
    group: str
    en: str
    de: str
    cap: str
    purpose: str
    kind: str
    units: tuple[str, ...] = ()
    items: Mapping[str, Words] = field(default_factory=dict)
    choose_items: bool = False
    choices: Mapping[str, Words] = field(default_factory=dict)
    required: bool = False
    pattern: str | None = None
    nace: tuple[str, ...] = ()
    employees_from: int = 0
    disclosure: str | None = None
    since: str | None = None
    until: str | None = None
    is_money: bool = False


@dataclass(frozen=True)
class Questionnaire:
    """One declared questionnaire; `context` are the columns asked once per submission or once per site and period."""

    name: str
    title: Words
    versions: tuple[Version, ...]
    questions: Mapping[str, Question]
    purposes: Mapping[str, Purpose]
    micro_up_to: int
    protected_up_to: int
    notice: Words
    submission: Mapping[str, Mapping[str, Any]]
    repeat: Words
    period: Mapping[str, Mapping[str, Any]]
    choices: Mapping[str, Mapping[str, Words]]
    groups: Mapping[str, Words]

    @property
    def version_names(self) -> tuple[str, ...]:
        """Names of all versions, the oldest first."""
        return tuple(version.name for version in self.versions)

    def asked_in(self, version: str) -> tuple[Question, ...]:
        """Return the questions of a version in their order; raise `KeyError` for an unknown version."""
        order = self.version_names
        if version not in order:
            raise KeyError(f"{self.name} has no version {version}; known are {', '.join(order)}")
        place = order.index(version)

        def asked(question: Question) -> bool:
            first = order.index(question.since) if question.since else 0
            last = order.index(question.until) if question.until else len(order)
            return first <= place <= last

        return tuple(question for question in self.questions.values() if asked(question))

"""May this campaign leave? The value-chain cap, judged per addressee, before anybody is asked (rule L-01).

A protected company may be asked for an asker's own report (CSRD) only what the voluntary standard holds for its size.
More does not leave for that purpose. For another purpose it leaves with the notice of the right to refuse.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from ingestion.questionnaires.declared import CAPS, questionnaires
from ingestion.questionnaires.questions import Purpose, Question, Questionnaire
from ingestion.questionnaires.xlsform import divisions

_ENTRIES = {"campaign", "questionnaire", "version", "asker", "sent_at", "period_start", "period_end", "purpose",
            "legal_basis", "questions", "purposes", "addressees"}  # fmt: skip
_ADDRESSEE = {"entity_id", "employees", "nace"}


class CampaignUnusable(ValueError):
    """The campaign file cannot be read; the message names the entry and what to write."""


class CampaignRefused(ValueError):
    """The campaign goes beyond the value-chain cap; the message names addressees and data points."""


@dataclass(frozen=True)
class Addressee:
    """Who is asked; a size that nobody stated counts as the smallest, because it is the best protected."""

    entity_id: str
    employees: int | None = None
    nace: str | None = None


@dataclass(frozen=True)
class Campaign:
    """One campaign as planned; `questions` maps each question to the purpose it is asked for."""

    name: str
    questionnaire: Questionnaire
    version: str
    asker: str
    sent_at: date
    period: tuple[date, date]
    questions: Mapping[str, str]
    legal_basis: str | None
    addressees: tuple[Addressee, ...]


@dataclass(frozen=True)
class Request:
    """What one addressee is asked; `beyond` are the questions past the cap, `refused` those that may not leave."""

    addressee: Addressee
    asked: tuple[str, ...]
    beyond: tuple[str, ...]
    refused: tuple[str, ...]


def read_campaign(path: Path) -> Campaign:
    """Read a campaign file (YAML); raise `CampaignUnusable`."""
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        _known(raw, _ENTRIES, "the campaign")
        questionnaire = questionnaires()[raw["questionnaire"]]
        version = str(raw["version"])
        asked = {question.id: question for question in questionnaire.asked_in(version)}
        listed = raw.get("questions") or list(asked)
        strange = [name for name in listed if name not in asked]
        if strange:
            raise CampaignUnusable(f"version {version} does not ask {', '.join(map(str, strange))}")
        purposes = raw.get("purposes") or {}
        chosen = {name: str(purposes.get(name) or raw.get("purpose") or asked[name].purpose) for name in listed}
        unknown = next((p for p in chosen.values() if p not in questionnaire.purposes), None)
        if unknown:
            raise CampaignUnusable(f"purpose {unknown!r} is none of {', '.join(questionnaire.purposes)}")
        for one in raw["addressees"]:
            _known(one, _ADDRESSEE, "an addressee")
        return Campaign(
            str(raw["campaign"]), questionnaire, version, str(raw["asker"]), raw["sent_at"],
            (raw["period_start"], raw["period_end"]), chosen, raw.get("legal_basis"),
            tuple(Addressee(str(one["entity_id"]), one.get("employees"), one.get("nace")) for one in raw["addressees"]),
        )  # fmt: skip
    except (KeyError, TypeError, AttributeError, yaml.YAMLError) as error:
        raise CampaignUnusable(f"{path.name} cannot be used: {error}") from error


def check_campaign(campaign: Campaign) -> tuple[Request, ...]:
    """Return what each addressee is asked; raise `CampaignRefused` if a question or the version may not leave."""
    validity = next(v for v in campaign.questionnaire.versions if v.name == campaign.version)
    if not validity.valid_from <= campaign.sent_at <= (validity.valid_to or date.max):
        raise CampaignRefused(f"version {campaign.version} is not valid on {campaign.sent_at}")
    requests = tuple(_request(campaign, addressee) for addressee in campaign.addressees)
    refused = [f"{r.addressee.entity_id} ({size_of(campaign, r.addressee)}): {_named(campaign, r.refused)}"
               for r in requests if r.refused]  # fmt: skip
    if refused:
        raise CampaignRefused(
            f"campaign {campaign.name} goes beyond the value-chain cap: {'; '.join(refused)} – leave these questions "
            "out, or ask for them under another purpose with its legal basis"
        )
    return requests


def size_of(campaign: Campaign, addressee: Addressee) -> str:
    """Return micro, small or unprotected, by the thresholds of the questionnaire."""
    employees = addressee.employees
    if employees is None or employees <= campaign.questionnaire.micro_up_to:
        return "micro"
    return "small" if employees <= campaign.questionnaire.protected_up_to else "unprotected"


def legal_basis_of(campaign: Campaign, purpose: Purpose) -> str:
    """Return the legal basis of the campaign, or that of the purpose."""
    return campaign.legal_basis or purpose.legal_basis


def _request(campaign: Campaign, addressee: Addressee) -> Request:
    questions = campaign.questionnaire.questions
    asked = tuple(name for name in campaign.questions if _concerns(questions[name], addressee))
    size = size_of(campaign, addressee)
    within = CAPS[: CAPS.index(size) + 1] if size in CAPS else CAPS
    beyond = tuple(name for name in asked if questions[name].cap not in within)
    purposes = campaign.questionnaire.purposes
    refused = tuple(name for name in beyond if purposes[campaign.questions[name]].bound_by_cap)
    return Request(addressee, asked, beyond, refused)


def _concerns(question: Question, addressee: Addressee) -> bool:
    is_large_enough = addressee.employees is None or addressee.employees >= question.employees_from
    is_in_industry = not question.nace or addressee.nace is None or str(addressee.nace)[:2] in divisions(question)
    return is_large_enough and is_in_industry


def _named(campaign: Campaign, names: tuple[str, ...]) -> str:
    questions = campaign.questionnaire.questions
    return ", ".join(f"{name} ({questions[name].disclosure or 'no data point of the standard'})" for name in names)


def _known(raw: Mapping[str, Any], entries: set[str], what: str) -> None:
    unknown = sorted(set(raw) - entries)
    if unknown:
        raise CampaignUnusable(f"{what} has an unknown entry {unknown[0]}; known are {', '.join(sorted(entries))}")

"""The sustainability extension of OCDS (`hasSustainability`, `sustainability` of tender and lot) as strategic aims."""

from __future__ import annotations

from typing import Any

from ingestion.formats.ocds_fields import listed, text, texts
from ingestion.formats.strategic_aims import NONE, THEMES, Answers, joined, shortened, themes

_THEME_OF = {"environmental": "green", "social": "social", "innovation": "innovation"}
# Goals of the extension's newer list that the European codelist files under innovation.
_INNOVATION = ("economic.innovativePurchase", "economic.processInnovationPromotion",
               "economic.productInnovationPromotion", "economic.researchDevelopmentActivities")  # fmt: skip
_CRITERIA = {"euGPPCriteria": "eu", "nationalGPPCriteria": "national", "otherGPPCriteria": "other"}
_SAID = "sustainable"


def aims(lot: dict[str, Any], tender: dict[str, Any]) -> dict[str, str | None]:
    """Return states and codes of the aims: the lot's own answer, else the tender's. Raises `WrongShape`."""
    level, holder = ("lot", lot) if _answers(lot) else ("procedure", tender)
    entries, said = listed(holder, "sustainability"), text(holder, "hasSustainability")
    goals = [goal for entry in entries if (goal := text(entry, "goal"))]
    strategies = [strategy for entry in entries for strategy in texts(entry, "strategies")]
    described = [text(entry, "description") for entry in entries]
    if goals:
        strategic = Answers(tuple(goals))
    elif entries or said == "true":
        strategic = Answers((_SAID,))
    else:
        strategic = Answers((NONE,) if said == "false" else ())
    own = {theme: Answers(tuple(goal for goal in goals if _theme(goal) == theme)) for theme in THEMES}
    values = themes(strategic, own, {})
    if strategic.named and not goals:
        # Sustainable in general: which theme it is stays open, and the general word is no goal of the publisher.
        values |= {f"{theme}_state": "absent" for theme in THEMES} | {"strategic_codes": None}
    criteria = Answers(tuple(_CRITERIA[name] for name in strategies if name in _CRITERIA))
    return values | {
        "strategic_level": level if _answers(holder) else None,
        "gpp_state": criteria.state, "gpp_codes": joined(criteria.named), "strategies": joined(strategies),
        "strategic_description": shortened(joined(described)),
    }  # fmt: skip


def _answers(holder: dict[str, Any]) -> bool:
    return text(holder, "hasSustainability") is not None or bool(listed(holder, "sustainability"))


def _theme(goal: str) -> str | None:
    return "innovation" if goal in _INNOVATION else _THEME_OF.get(goal.partition(".")[0])

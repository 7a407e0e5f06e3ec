"""What a lot says about its strategic aims, in the same words for OCDS and eForms.

States: `stated` (an aim is named), `declared_none` (the publisher answers that there is none), `not_chosen` (other
aims are named, this one is not), `withheld` (the notice keeps it back), `absent` (nothing is said: no answer).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

THEMES = ("green", "social", "innovation")
SEPARATOR = " | "
NONE, WITHHELD = "none", "unpublished"
# Not "none" itself: in a cell that is a mark of a missing value.
DECLARED_NONE = "declared_none"
LONGEST = 500


def joined(values: Iterable[str | None]) -> str | None:
    """Return distinct texts in their order as one text, None if there are none."""
    return SEPARATOR.join(dict.fromkeys(value for value in values if value)) or None


def shortened(text: str | None) -> str | None:
    """Return a text for people on one line, cut to `LONGEST` characters with a mark where it was cut."""
    if text is None:
        return None
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


@dataclass(frozen=True)
class Answers:
    """What one field was answered: its codes as published, and whether it was withheld."""

    codes: tuple[str, ...] = ()
    withheld: bool = False

    @property
    def named(self) -> tuple[str, ...]:
        """The codes that name something; none of a withheld field, even if its sender left them in."""
        return () if self.withheld else tuple(code for code in self.codes if code not in (NONE, WITHHELD))

    @property
    def state(self) -> str:
        """The state of the field by itself."""
        if self.named:
            return "stated"
        if self.withheld or WITHHELD in self.codes:
            return "withheld"
        return DECLARED_NONE if NONE in self.codes else "absent"


def theme_state(own: Answers, strategic: Answers, chosen: bool) -> str:
    """Return the state of a theme from its own field and the overall one, in which it is `chosen` or not."""
    if own.named or chosen:
        return "stated"
    if own.state != "absent":
        return own.state
    if strategic.state == "stated":
        return "not_chosen"
    return strategic.state


def themes(strategic: Answers, own: Mapping[str, Answers], chosen: Mapping[str, bool]) -> dict[str, str | None]:
    """Return state and codes of the overall field and of each theme as values of a row."""
    values: dict[str, str | None] = {
        "strategic_state": strategic.state,
        "strategic_codes": joined(strategic.named),
    }
    for theme in THEMES:
        answers = own.get(theme, Answers())
        values[f"{theme}_state"] = theme_state(answers, strategic, chosen.get(theme, False))
        values[f"{theme}_codes"] = joined(answers.named)
    return values

"""The words of a report in one language, and how that language writes numbers and periods."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

LANGUAGES = ("en", "de")
_SEPARATORS = {"en": str.maketrans({}), "de": str.maketrans({",": ".", ".": ","})}


@dataclass(frozen=True)
class Words:
    """Texts of a language by section and key."""

    language: str
    texts: dict[str, Any]

    def say(self, section: str, key: object) -> str:
        """The words for a code; a code without words is shown as it is."""
        return str(self.texts[section].get(str(key), key))

    def has(self, section: str, key: str) -> bool:
        """Whether the language has words for a code."""
        return key in self.texts[section]

    def number(self, value: float, unit: str | None = None) -> str:
        """A number with about four digits that count; shares are written in percent."""
        if unit == "share":
            return f"{self._local(f'{100 * value:,.1f}')} %"
        size = abs(value)
        digits = 0 if size >= 1000 or value == 0 else 1 if size >= 100 else 2 if size >= 1 else 4
        return self._local(f"{value:,.{digits}f}" if size >= 0.0001 or value == 0 else f"{value:.2g}")

    def with_unit(self, value: float, unit: str | None) -> str:
        """A number and its unit."""
        named = self.unit(unit)
        return f"{self.number(value, unit)} {named}".strip() if named != "%" else self.number(value, unit)

    def unit(self, unit: str | None) -> str:
        """The unit as people write it."""
        return self.say("units", unit) if unit else ""

    def period(self, start: date, end: date) -> str:
        """A year, or two years for what compares them."""
        return str(end.year) if start.year == end.year else f"{start.year}–{end.year}"

    def _local(self, text: str) -> str:
        return text.translate(_SEPARATORS[self.language])


def load_words(language: str) -> Words:
    """The words of a language, one of `LANGUAGES`."""
    both = yaml.safe_load((Path(__file__).parent / "words.yml").read_text(encoding="utf-8"))
    position = LANGUAGES.index(language)
    texts = {
        section: {str(key): (pair[position] if isinstance(pair, list) else pair) for key, pair in entries.items()}
        for section, entries in both.items()
    }
    return Words(language, texts)

"""From one cell to canonical text: numbers in full precision, true/false, years, dates, words."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

PLAIN_NUMBER = re.compile(r"^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$")
TRUE_WORDS = frozenset({"true", "yes", "1", "1.0"})
FALSE_WORDS = frozenset({"false", "no", "0", "0.0"})


class DoesNotFit(ValueError):
    """The cell holds something that its concept cannot hold."""


def _number(value: object) -> str:
    text = str(value).strip()
    if isinstance(value, bool) or not PLAIN_NUMBER.match(text):
        raise DoesNotFit("a number such as 1234.5")
    plain = format(Decimal(text), "f")
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return "0" if plain in ("", "-0") else plain


def _boolean(value: object) -> str:
    word = str(value).strip().lower()
    if word in TRUE_WORDS:
        return "true"
    if word in FALSE_WORDS:
        return "false"
    raise DoesNotFit("YES or NO")


def _year(value: object) -> str:
    text = re.sub(r"\.0$", "", str(value).strip())
    if isinstance(value, bool) or not re.match(r"^(19|20|21)\d\d$", text):
        raise DoesNotFit("a year such as 2030")
    return text


def as_date(value: object) -> date:
    """A calendar day from a date cell or from text such as 2026-1-31."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    match = re.match(r"^(\d{4})-(\d{1,2})-(\d{1,2})", str(value).strip())
    if match is None:
        raise DoesNotFit("a date such as 2026-12-31")
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError as error:
        raise DoesNotFit("a day that exists") from error


def _text(value: object) -> str:
    if isinstance(value, datetime | date):
        return as_date(value).isoformat()
    if isinstance(value, bool):
        return _boolean(value)
    if isinstance(value, int | float):
        return _number(value)
    return str(value).strip()


def canonical(kind: str, value: object) -> str:
    """The canonical text of a cell of this kind; raises DoesNotFit with what was expected."""
    if kind == "number":
        return _number(value)
    if kind == "boolean":
        return _boolean(value)
    if kind == "year":
        return _year(value)
    if kind == "date":
        return as_date(value).isoformat()
    return _text(value)


def decimals_of(number_format: str) -> int | None:
    """How many decimals a cell shows, as a fraction of one: '0.00%' shows four."""
    match = re.search(r"0\.(0+)", number_format)
    shown = len(match.group(1)) if match else (0 if re.search(r"0", number_format) else None)
    return None if shown is None else shown + (2 if "%" in number_format else 0)


def in_year(day: date, year: int) -> date:
    """The same day in another year; 29 February becomes the 28th."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)

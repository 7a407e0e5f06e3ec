"""How the register spells dates, years, shares and states, and the one way we write them."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

# #N/A is the spreadsheet's own word for "not available"; the other spreadsheet errors are errors.
MISSING = frozenset({"", "-", "n/a", "na", "#n/a", "null", "not applicable", "not available", "not relevant"})
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
YEAR = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d)")
STATES = {"target_set": "targets_set", "yes": "committed", "no": None}
YEAR_COLUMNS = frozenset({"base_year", "long_term_year", "net_zero_year", "target_years"})
STATE_COLUMNS = frozenset({"target_status", "long_term_status", "net_zero_status"})


class Unreadable(ValueError):
    """A cell that fits no spelling we know."""

    def __init__(self, code: str, expected: str) -> None:
        super().__init__(f"expected {expected}")
        self.code = code


def text(value: object) -> str | None:
    """A cell as text without odd blanks; the register's ways to say nothing become None."""
    if value is None:
        return None
    if isinstance(value, datetime | date):
        return day(value)
    sent = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    sent = re.sub(r"[ \t\u00a0]+", " ", sent).strip()
    return None if sent.lower() in MISSING else sent


def day(value: object) -> str | None:
    """An ISO date from '2023-06-15', '01/09/2022' (day first), 'Dec 2019' or a spreadsheet timestamp."""
    if isinstance(value, datetime):
        # Timestamps stand at 01:00, a time-zone artefact of the publisher: only the day means something.
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    sent = text(value)
    if sent is None:
        return None
    try:
        if match := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?", sent):
            return date(int(match[1]), int(match[2]), int(match[3])).isoformat()
        if match := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", sent):
            return date(int(match[3]), int(match[2]), int(match[1])).isoformat()
    except ValueError as error:
        raise Unreadable("not_a_date", "a day that exists") from error
    match = re.fullmatch(r"([A-Za-z]{3})[a-z]*\.? (\d{4})", sent)
    if match and match[1].lower() in MONTHS:
        return date(int(match[2]), MONTHS.index(match[1].lower()) + 1, 1).isoformat()
    raise Unreadable("not_a_date", "a date such as 2023-06-15, 15/06/2023 or Jun 2023")


def first_year(sent: str | None) -> str | None:
    """The first year in '2030', 'FY2030', 'FY2030/31' or '2030, 2025'."""
    if sent is None:
        return None
    match = YEAR.search(sent)
    if match is None:
        raise Unreadable("not_a_year", "a year such as 2030 or FY2030")
    return match.group()


def share(value: object) -> str | None:
    """A share of one from '45.00%' or 0.517; other measures (temperatures, suppliers) are no share."""
    sent = text(value)
    if sent is None:
        return None
    if match := re.fullmatch(r"(\d+(?:\.\d+)?) ?%+", sent):
        return _plain(Decimal(match[1]) / 100)
    if re.fullmatch(r"\d+(\.\d+)?([eE][+-]?\d+)?", sent) and Decimal(sent) <= 1:
        return _plain(Decimal(sent))
    return None


def _plain(number: Decimal) -> str:
    written = format(number, "f")
    return written.rstrip("0").rstrip(".") if "." in written else written


def state(value: object) -> str | None:
    """One lower-case word per state, however it is spelled: 'Targets Set' and 'Target set' are targets_set."""
    sent = text(value)
    if sent is None:
        return None
    word = re.sub(r"[^a-z]+", "_", sent.lower()).strip("_")
    return STATES.get(word, word)


def canonical(column: str, value: object) -> str | None:
    """The canonical text of a cell for its column."""
    if column == "date_published":
        return day(value)
    if column == "target_value_share":
        return share(value)
    if column in STATE_COLUMNS:
        return state(value)
    sent = text(value)
    if column in YEAR_COLUMNS:
        first = first_year(sent)
        return sent if column == "target_years" else first
    return sent

"""Wide tables, with one column per year or indicator: every row stays one row, its cells become one JSON text.

The keys are `indicator|year`, either part empty where another column says it; staging turns them into rows. So the rows
of a file can be counted on both sides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ingestion.formats.sql_session import UNKNOWN, quoted_name

_YEAR = re.compile(r"(\d{4})(?: \[YR\d{4}\])?")
_SERIES = re.compile(r"(.*[^\d_].*)_(\d{4})")
_PREFIX = "value "
_MISSING = ("", "..", "na", "n/a", "nan", "null", "-")
NUMBER = "[+-]?[0-9]{1,19}([.][0-9]{1,20})?([eE][+-]?[0-9]{1,2})?"
# A JSON object of numbers as text, or nothing.
NO_NUMBERS = f"""not regexp_full_match(sent_values, '\\{{("[^"]*":(null|"{NUMBER}"),?)*\\}}')"""


def name_year_columns(header: tuple[str, ...]) -> tuple[str, ...]:
    """Return `value |1996` for `1996` or `1996 [YR1996]`, and `value hdi|2019` for `hdi_2019`; others stay."""
    return tuple(_named(name) for name in header)


def sent_values(columns: Mapping[str, str]) -> str:
    """Return the SQL of the JSON text; `columns` maps a key `indicator|year` to the column that holds the cell."""
    listed = ", ".join(f"'{_literal(key)}': {_cell(column)}" for key, column in columns.items())
    return f"cast(to_json({{{listed}}}) as varchar)" if columns else "'{}'"


def year_columns(sent: list[str]) -> dict[str, str]:
    """Return the columns that `name_year_columns` named, by their key."""
    found = {name.removeprefix(UNKNOWN): name for name in sent}
    return {key.removeprefix(_PREFIX): name for key, name in found.items() if key.startswith(_PREFIX)}


def _named(name: str) -> str:
    if year := _YEAR.fullmatch(name):
        return f"{_PREFIX}|{year.group(1)}"
    series = _SERIES.fullmatch(name)
    # difference_2010_2019 is about two years, so it is no value of one.
    if series and not re.search(r"_\d{4}$", series.group(1)):
        return f"{_PREFIX}{series.group(1)}|{series.group(2)}"
    return name


def _literal(text: str) -> str:
    return text.replace("'", "''")


def _cell(column: str) -> str:
    name = quoted_name(column)
    missing = ", ".join(f"'{mark}'" for mark in _MISSING)
    return f"case when lower(trim({name})) not in ({missing}) then trim({name}) end"

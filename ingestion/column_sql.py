"""The declared types as SQL: how text is cleaned and cast.

Grammars are closed: Python and DuckDB read "nan", "1_000" and full-width digits as numbers, no sender means them so.
"""

from __future__ import annotations

from collections.abc import Mapping

from ingestion.declarations import Column, Format

MISSING_MARKS = ("", "n/a", "n.a.", "k.a.", "k. a.", ".", "-", "–", "null", "none", "#n/a")
SQL_TYPES = {"integer": "BIGINT", "decimal": "DECIMAL(28,9)", "date": "DATE", "boolean": "BOOLEAN"}
_DECIMALS = {
    ".": r"[+-]?[0-9]{1,19}([.][0-9]{1,20})?([eE][+-]?[0-9]{1,2})?",
    ",": r"[+-]?([0-9]{1,3}([.][0-9]{3}){1,6}|[0-9]{1,19})(,[0-9]{1,20})?",
}


def quoted(text: str) -> str:
    """Return an SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def listed(values: tuple[str, ...]) -> str:
    """Return an SQL list of string literals."""
    return ", ".join(quoted(value) for value in values)


def cleaned(column: Column) -> str:
    """Return the SQL that trims a cell and turns missing marks into NULL."""
    trimmed = f"trim(nfc_normalize(\"{column.name}\"), e' \\t\\r\\n')"
    return f"case when lower({trimmed}) not in ({listed(MISSING_MARKS)}) then {trimmed} end"


def number(text: str, decimal: str) -> str:
    """Return the SQL that reads a number in the agreed notation, NULL if it is none."""
    plain = f"replace(replace({text}, '.', ''), ',', '.')" if decimal == "," else text
    value, sent = f"try_cast({plain} as DECIMAL(28,9))", f"try_cast({plain} as DOUBLE)"
    # Nine decimals keep three digits of anything above a millionth; what would lose more is no number here.
    kept = f"(abs({value}) >= 0.000001 or abs({sent} - cast({value} as DOUBLE)) <= 0.001 * abs({sent}))"
    return f"case when regexp_full_match({text}, {quoted(_DECIMALS[decimal])}) and {kept} then {value} end"


def typed(column: Column, form: Format) -> str:
    """Return the SQL that casts the cleaned cell `sent_<column>`."""
    sent = f'"sent_{column.name}"'
    if column.type == "integer":
        return f"case when regexp_full_match({sent}, '[+-]?[0-9]{{1,18}}') then try_cast({sent} as BIGINT) end"
    if column.type == "decimal":
        return number(sent, form.decimal)
    if column.type == "date":
        return _date(sent, form.date_format)
    if column.type == "boolean":
        return (
            f"case when lower({sent}) in ('true', '1', 'yes') then true "
            f"when lower({sent}) in ('false', '0', 'no') then false end"
        )
    spelled = _spelled(sent, form.spellings.get(column.name, {}))
    return f"upper({spelled})" if column.type in ("country", "currency") else spelled


def _spelled(sent: str, names: Mapping[str, str]) -> str:
    """Return the SQL that reads a publisher's spellings; another one stays as sent for the rules to judge."""
    if not names:
        return sent
    cases = " ".join(f"when {quoted(theirs.lower())} then {quoted(ours)}" for theirs, ours in names.items())
    return f"case lower({sent}) {cases} else {sent} end"


def _date(sent: str, pattern: str | tuple[str, ...] | None) -> str:
    if pattern is not None:
        patterns = (pattern,) if isinstance(pattern, str) else pattern
        # English ordinals, as in "April 4th, 2015", have no place in the patterns of strptime.
        plain = f"regexp_replace({sent}, '([0-9])(st|nd|rd|th)\\b', '\\1', 'i')"
        value = f"try_cast(try_strptime({plain}, [{listed(patterns)}]) as DATE)"
    else:
        value = (
            f"case when regexp_full_match({sent}, '[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}') then try_cast({sent} as DATE) end"
        )
    return f"case when year({value}) between 1900 and 2200 then {value} end"

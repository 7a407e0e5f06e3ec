"""What breaks a rule, as SQL: of one column, between columns of a row, and about whom a sender may speak for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingestion.code_lists import CURRENCIES, allowed_codes, seed_codes
from ingestion.column_sql import listed, quoted
from ingestion.declarations import Column, Table
from ingestion.reader import RowRule
from warehouse.identifiers import broken_identifier

_INVISIBLE = r"[\x00-\x1f\x7f\p{Cf}\p{Cc}\p{Zl}\p{Zp}\x{00a0}\x{034f}\x{115f}\x{1160}\x{3164}\x{ffa0}\x{fe00}-\x{fe0f}]"
# What takes over a terminal or turns the reading direction around; a name needs neither.
_TAKES_OVER = r"[\x00\x07\x08\x1b\x{202d}\x{202e}]"
_OTHER_SCRIPTS = r"[\p{Cyrillic}\p{Greek}\p{Armenian}\p{Cherokee}\p{Coptic}]"
_HS = "TOTAL|[0-9]{2}|[0-9]{4}|[0-9]{6}"


@dataclass(frozen=True)
class Rule:
    """One condition that sends a row into quarantine; `found` is the SQL of the text to show."""

    code: str
    field: str
    broken: str
    found: str
    message: str
    fix: str


def rules_of(table: Table, row_rules: tuple[RowRule, ...], seeds: Path) -> list[Rule]:
    """Return every rule of a table, the rules of single columns first."""
    found = [rule for column in table.columns for rule in _column_rules(column, seeds)]
    found += [_checksum_rule(column, kind) for column in table.columns if (kind := column.checksum or "?")[-1] != "?"]
    for rule in row_rules:
        if rule.table == table.name and not rule.flags:
            shown = f'cast("{rule.field}" as VARCHAR)'
            found.append(Rule(rule.code, rule.field, f"({rule.broken})", shown, rule.message, rule.fix))
    return found


def sender_rules(table: Table, spoken_for: tuple[str, ...] | None) -> list[Rule]:
    """Return the rule that a row is about an entity the sender may speak for; none if it may speak for any."""
    if table.speaks_for is None or spoken_for is None:
        return []
    column = f'"{table.speaks_for}"'
    return [
        Rule(
            "sender_not_entitled",
            table.speaks_for,
            f"({column} not in ({listed(spoken_for)}))",
            column,
            "the sender may not speak for this entity",
            "let the entity send the row itself, or have the operator name the sender under senders in network.yml",
        )
    ]


def _checksum_rule(column: Column, kind: str) -> Rule:
    shown, message = f'"sent_{column.name}"', f"{column.name}: no valid {kind.upper()}"
    fix = "copy the identifier again, capitals and no blanks"
    return Rule("bad_checksum", column.name, f"({broken_identifier(kind, shown)})", shown, message, fix)


def _column_rules(column: Column, seeds: Path) -> Iterator[Rule]:
    sent, value = f'"sent_{column.name}"', f'"{column.name}"'

    def rule(code: str, broken: str, message: str, fix: str) -> Rule:
        return Rule(code, column.name, f"({broken})", sent, f"{column.name}: {message}", fix)

    if column.need == "must":
        yield rule("missing_value", f"{sent} is null", "no value", f"fill {column.name}")
    if column.type in _CASTS:
        code, message, fix = _CASTS[column.type]
        yield rule(code, f"{sent} is not null and {value} is null", message, fix)
    if column.type in ("id", "code", "country", "currency", "hs"):
        yield rule("odd_characters", f"regexp_matches({sent}, {quoted(_INVISIBLE)}) or length({sent}) > 200",
                   "invisible characters or overlong", "type the code again by hand")  # fmt: skip
        mixed = f"regexp_matches({sent}, '[A-Za-z]') and regexp_matches({sent}, {quoted(_OTHER_SCRIPTS)})"
        yield rule("mixed_scripts", mixed, "letters of two scripts that look alike", "type the code again by hand")
    elif column.type == "text":
        yield rule("odd_characters", f"regexp_matches({sent}, {quoted(_TAKES_OVER)})",
                   "control characters", "delete them, plain text only")  # fmt: skip
    allowed = _allowed(column, seeds)
    if allowed:
        name = "unit" if column.name.endswith("unit") else "code"
        some = ", ".join(allowed[:12]) + (" …" if len(allowed) > 12 else "")
        yield rule(f"unknown_{name}", f"{value} not in ({listed(allowed)})",
                   f"not in the agreed list of {name}s", f"use one of: {some}")  # fmt: skip
    pattern = column.pattern or {"hs": _HS, "country": "[A-Z]{2}", "currency": "[A-Z]{3}"}.get(column.type)
    if pattern and not allowed:
        yield rule("bad_format", f"not regexp_full_match({value}, {quoted(pattern)})",
                   "not in the agreed form", f"write it as {pattern}; keep leading zeros")  # fmt: skip
    if column.min is not None:
        yield rule("out_of_range", f"{value} < {column.min}", f"below {column.min:g}", "check value, sign and unit")
    if column.max is not None:
        yield rule("out_of_range", f"{value} > {column.max}", f"above {column.max:g}", "check value and unit")


_CASTS = {
    "integer": ("not_a_number", "not a whole number", "write digits only, such as 1234"),
    "decimal": (
        "not_a_number",
        "not a number in the agreed notation, or too small to be kept with nine decimals",
        "write it as 1234.56, no thousands marks, no unit; a tiny value in a larger unit",
    ),
    "date": ("not_a_date", "not a date in the agreed form", "write it as 2025-12-31"),
    "boolean": ("not_a_boolean", "neither true nor false", "write true or false"),
}


def _allowed(column: Column, seeds: Path) -> tuple[str, ...]:
    if column.type == "country":
        return seed_codes(seeds, "countries", "iso2")
    if column.type == "currency":
        return CURRENCIES
    return allowed_codes(column.codes, seeds) if column.codes is not None else ()

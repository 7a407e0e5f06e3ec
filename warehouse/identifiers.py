"""Identifiers that carry a check digit or a strict form, as SQL that is true where one is broken.

LEI: ISO 17442, the number with letters as 10 to 35 leaves 1 when divided by 97 (ISO 7064). GLN and GTIN: GS1 general
specifications, the digits with the weights 1 and 3 from the right add up to a multiple of ten. ISIN: ISO 6166, Luhn
over the digits, letters as 10 to 35. Open Supply Hub id: letters of the country count as ASCII, the others by place in
Crockford's alphabet; the last one is the sum modulo 32. EUID: Regulation (EU) 2020/2244, country, register, number,
without a check digit, as DUNS since 2006. VAT numbers have one rule per country, which python-stdnum knows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # The DAG files read the declarations and must stay light.
    import duckdb

_ALPHABET = "'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'"

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
OS_ID_FORM = f"[A-Z]{{2}}[0-9]{{7}}[{_CROCKFORD}]{{6}}"
# The states whose registers are connected; Greece is EL there.
_CONNECTED = "AT|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|HR|HU|IE|IS|IT|LI|LT|LU|LV|MT|NL|NO|PL|PT|RO|SE|SI|SK"
_NUMBER = "[A-Za-z0-9][A-Za-z0-9/ .-]{0,40}(_[A-Za-z0-9]{1,4})?"
# Registers whose codes and numbers have a form of their own; the others: register code, point, number.
_EUID_FORMS = {
    "DE": "[A-Z][0-9]{4}[A-Z]?[.](HRA|HRB|GNR|GnR|GSR|GsR|PR|VR)[0-9]{1,6}[A-Z ]{0,3}(_[A-Za-z0-9]{1,4})?",
    "FR": "[0-9]{4}[.][0-9]{9}(_[A-Za-z0-9]{1,4})?",
    "NL": "NHR[.][0-9]{8}(_[A-Za-z0-9]{1,4})?",
}


def _lei(text: str) -> str:
    values = f"list_transform(string_split({text}, ''), lambda c: strpos({_ALPHABET}, c) - 1)"
    # Folded digit by digit: the whole number has up to 40 digits, more than any integer type holds.
    rest = f"list_reduce({values}, lambda a, v: (a * if(v > 9, 100, 10) + v) % 97)"
    return _broken(text, "[A-Z0-9]{18}[0-9]{2}", f"{rest} = 1")


def _gs1(text: str, lengths: str) -> str:
    digit = f"cast(substr({text}, length({text}) - i, 1) as integer)"
    total = f"list_sum(list_transform(range(0, length({text})), lambda i: {digit} * if(i % 2 = 0, 1, 3)))"
    return _broken(text, lengths, f"{total} % 10 = 0")


def _isin(text: str) -> str:
    digits = f"list_transform(string_split({text}, ''), lambda c: cast(strpos({_ALPHABET}, c) - 1 as varchar))"
    # Luhn: every second digit from the right counts double, as the sum of its digits.
    return _broken(text, "[A-Z]{2}[A-Z0-9]{9}[0-9]", f"{_luhn(f'array_to_string({digits}, {chr(39) * 2})')} = 0")


def _luhn(number: str) -> str:
    digit = f"cast(substr({number}, length({number}) - i, 1) as integer)"
    counted = f"if(i % 2 = 0, {digit}, {digit} * 2 - if({digit} > 4, 9, 0))"
    return f"list_sum(list_transform(range(0, length({number})), lambda i: {counted})) % 10"


def _os_id(text: str) -> str:
    places = f"list_transform(range(3, 15), lambda i: strpos('{_CROCKFORD}', substr({text}, i, 1)) - 1)"
    total = f"ascii(substr({text}, 1, 1)) + ascii(substr({text}, 2, 1)) + list_sum({places})"
    sound = f"substr({text}, 15, 1) = substr('{_CROCKFORD}', cast(1 + ({total}) % 32 as bigint), 1)"
    return _broken(text, OS_ID_FORM, sound)


def _euid(text: str) -> str:
    own = " ".join(f"when '{country}' then '{country}{form}'" for country, form in _EUID_FORMS.items())
    general = f"({_CONNECTED})[A-Z0-9]{{1,16}}[.]{_NUMBER}"
    return f"not regexp_full_match({text}, case left({text}, 2) {own} else '{general}' end)"


def _is_broken_vat(text: str) -> bool:
    # Imported here: no other kind of delivery waits for it.
    from stdnum.eu import vat

    # stdnum also takes blanks, points and small letters; a register keeps the written form.
    return not (text.isascii() and text.isalnum() and text == text.upper() and vat.is_valid(text))


def _broken(text: str, form: str, sound: str) -> str:
    # The case guards the arithmetic: it is only tried on text of the right form.
    return (
        f"case when {text} is null then false when regexp_full_match({text}, '{form}') then not ({sound}) else true end"
    )


CHECKS: dict[str, Callable[[str], str]] = {
    "lei": _lei,
    "gln": lambda text: _gs1(text, "[0-9]{13}"),
    "gtin": lambda text: _gs1(text, "[0-9]{8}|[0-9]{12,14}"),
    "isin": _isin,
    "os_id": _os_id,
    "euid": _euid,
    "duns": lambda text: _broken(text, "[0-9]{9}", f"{text} <> '000000000'"),
    "vat": lambda text: f"is_broken_vat({text})",
}


def add_checks(connection: duckdb.DuckDBPyConnection, kinds: Collection[str]) -> None:
    """Give a session the checks of these kinds that are no SQL: a rule per country is an algorithm, not a query."""
    # Only where it is needed: the first function of Python costs a process a quarter of a second.
    if "vat" in kinds:
        connection.create_function("is_broken_vat", _is_broken_vat, ["VARCHAR"], "BOOLEAN")


def broken_identifier(kind: str, column: str) -> str:
    """Return SQL that is true where a text column holds a broken identifier of this kind; `KeyError` for another."""
    return CHECKS[kind](column)

"""Identifiers that carry a check digit, as SQL that is true where one is broken.

LEI: ISO 17442, the number with letters as 10 to 35 leaves 1 when divided by 97 (ISO 7064). GLN and GTIN: GS1 general
specifications, the digits with the weights 1 and 3 from the right add up to a multiple of ten.
"""

from __future__ import annotations

from collections.abc import Callable

_ALPHABET = "'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'"


def _lei(text: str) -> str:
    values = f"list_transform(string_split({text}, ''), lambda c: strpos({_ALPHABET}, c) - 1)"
    # Folded digit by digit: the whole number has up to 40 digits, more than any integer type holds.
    rest = f"list_reduce({values}, lambda a, v: (a * if(v > 9, 100, 10) + v) % 97)"
    return _broken(text, "[A-Z0-9]{18}[0-9]{2}", f"{rest} = 1")


def _gs1(text: str, lengths: str) -> str:
    digit = f"cast(substr({text}, length({text}) - i, 1) as integer)"
    total = f"list_sum(list_transform(range(0, length({text})), lambda i: {digit} * if(i % 2 = 0, 1, 3)))"
    return _broken(text, lengths, f"{total} % 10 = 0")


def _broken(text: str, form: str, sound: str) -> str:
    # The case guards the arithmetic: it is only tried on text of the right form.
    return (
        f"case when {text} is null then false when regexp_full_match({text}, '{form}') then not ({sound}) else true end"
    )


CHECKS: dict[str, Callable[[str], str]] = {
    "lei": _lei,
    "gln": lambda text: _gs1(text, "[0-9]{13}"),
    "gtin": lambda text: _gs1(text, "[0-9]{8}|[0-9]{12,14}"),
}


def broken_identifier(kind: str, column: str) -> str:
    """Return SQL that is true where a text column holds a broken identifier of this kind; `KeyError` for another."""
    return CHECKS[kind](column)

"""The SQL of check digits says the same as python-stdnum, on sound and on broken identifiers."""

import random
import re
import string
from collections.abc import Callable

import duckdb
import pyarrow as pa
import pytest
from stdnum import ean, lei
from stdnum.iso7064 import mod_97_10

from ingestion.declarations import Column, DeclarationError
from warehouse.identifiers import broken_identifier

SEED = 20261123
LETTERS = string.digits + string.ascii_uppercase


def leis(chance: random.Random) -> str:
    body = "".join(chance.choices(LETTERS, k=18))
    return body + str(mod_97_10.calc_check_digits(body))


def gtins(chance: random.Random, lengths: tuple[int, ...] = (8, 12, 13, 14)) -> str:
    body = "".join(chance.choices(string.digits, k=chance.choice(lengths) - 1))
    return body + str(ean.calc_check_digit(body))


def glns(chance: random.Random) -> str:
    return gtins(chance, (13,))


def spoiled(text: str, chance: random.Random) -> str:
    place = chance.randrange(len(text))
    return chance.choice((
        text[:place] + chance.choice(LETTERS) + text[place + 1 :], text[1:] + text[0], text[:-1], text + "0",
        text.lower(), text[:place] + " " + text[place:], text[:place] + "٣" + text[place + 1 :], "",
    ))  # fmt: skip


@pytest.mark.parametrize(("kind", "make", "form", "valid"), [
    ("lei", leis, "[A-Z0-9]{18}[0-9]{2}", lei.is_valid), ("gtin", gtins, "[0-9]+", ean.is_valid),
    ("gln", glns, "[0-9]{13}", ean.is_valid),
])  # fmt: skip
def test_the_sql_agrees_with_stdnum(
    kind: str, make: Callable[[random.Random], str], form: str, valid: Callable[[str], bool]
) -> None:
    chance = random.Random(SEED)
    made = [make(chance) for _ in range(2000)]
    texts = made + [spoiled(text, chance) for text in made]
    rows = pa.table({"n": range(len(texts)), "t": texts})
    found = duckdb.from_arrow(rows).query("r", f"select {broken_identifier(kind, 't')} from r order by n").fetchall()
    # stdnum also takes blanks and small letters; a register keeps the written form.
    expected = [not (re.fullmatch(form, text) and valid(text)) for text in texts]
    assert [row[0] for row in found] == expected
    assert expected.count(True) > 1500
    assert not any(expected[:2000])


def test_no_identifier_is_not_a_broken_one() -> None:
    sql = f"select {broken_identifier('lei', 'cast(null as varchar)')}"
    assert duckdb.sql(sql).fetchall() == [(False,)]


def test_an_unknown_kind_of_checksum_stops_the_start() -> None:
    with pytest.raises(DeclarationError):
        Column("a", "text", "may", checksum="luck")

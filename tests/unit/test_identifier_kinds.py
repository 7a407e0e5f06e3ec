"""Identifiers without a common check digit: each kind is shown taking sound ones and refusing broken ones."""

import random
import string

import duckdb
import pytest
from stdnum import isin
from stdnum.eu import vat

from ingestion.declarations import Column
from warehouse.identifiers import add_checks, broken_identifier

SEED = 20261123


def broken(kind: str, texts: list[str | None]) -> list[object]:
    with duckdb.connect() as connection:
        add_checks(connection, [kind])
        rows = ", ".join("(?, ?)" for _ in texts)
        values = [value for pair in enumerate(texts) for value in pair]
        sql = f"select coalesce({broken_identifier(kind, 't')}, false) from (values {rows}) as v(n, t) order by n"
        return [row[0] for row in connection.execute(sql, values).fetchall()]


@pytest.mark.parametrize(("kind", "sound", "unsound"), [
    ("isin", ["US0378331005", "DE0007164600"], ["US0378331006", "DE000716460", "us0378331005", "US03783310O5", ""]),
    ("vat", ["DE136695976", "ATU13585627", "NL004495445B01", "EL094259216"],
     ["DE136695978", "de136695976", "DE 136695976", "US136695976", "136695976", ""]),
    ("euid", ["DEK1101R.HRB116737", "FR7501.317218758", "NLNHR.12345678", "IECRO.123456", "ROONRC.J40/1/2000"],
     ["DEK1101R-HRB116737", "FR7501.31721875", "USX.1", "HRB116737", "GR1.5", ""]),
    ("duns", ["150483782"], ["15-048-3782", "15048378", "000000000", "1504837821", ""]),
    ("os_id", ["CN2021250D1DTN7"], ["CN2021250D1DTN8", "CN2021250D1DTNO", "cn2021250d1dtn7", "CN2021250D1DTN", ""]),
])  # fmt: skip
def test_sound_ones_are_taken_and_broken_ones_refused(kind: str, sound: list[str], unsound: list[str]) -> None:
    assert broken(kind, [*sound, None]) == [False] * (len(sound) + 1)
    assert broken(kind, list(unsound)) == [True] * len(unsound)
    assert Column("x", "text", "may", checksum=kind)
    assert Column("x", "text", "may", checksum=f"{kind}?")


def test_the_sql_of_securities_agrees_with_stdnum() -> None:
    chance = random.Random(SEED)
    bodies = ["DE" + "".join(chance.choices(string.digits + string.ascii_uppercase, k=9)) for _ in range(1000)]
    made = [body + chance.choice([isin.calc_check_digit(body), chance.choice(string.digits)]) for body in bodies]
    assert broken("isin", made) == [not isin.is_valid(text) for text in made]


def test_tax_numbers_agree_with_stdnum_where_the_form_is_kept() -> None:
    chance = random.Random(SEED)
    made = [chance.choice(["DE", "FR", "IT", "PL"]) + "".join(chance.choices(string.digits, k=9)) for _ in range(500)]
    assert broken("vat", made) == [not vat.is_valid(text) for text in made]

"""The grammars of numbers, dates and identifiers against independent oracles: never a silently different value.

Whatever a cell says, it becomes exactly the value that Fraction, datetime or python-stdnum read from it, or nothing.
"""

from __future__ import annotations

import calendar
import re
import string
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import ean, lei

from ingestion.column_sql import MISSING_MARKS, cleaned, typed
from ingestion.declarations import Column, Format
from warehouse.identifiers import broken_identifier

modest = settings(max_examples=25, deadline=None, derandomize=True)
_CELLS = "create or replace table cells as select unnest(range(?)) as place, unnest(?::varchar[]) as v"
_SCALE = Fraction(1, 10**9)
ODD = ["nan", "inf", "-inf", "1_000", "1e400", "0x1F", "١٢٣", "１２", "1\u00a0000", "1 000", "1'000", "<5", "ca. 5", "5 t",
       "--5", "+-5", "1,2,3", "1.2.3", ".5", "5.", "1e", "e5", "5%", "½", "²", "1/2", "−5", "0b1", "true", "12e1.5", "",
       "9" * 30, "0." + "3" * 25, "1e99", "00012", "-0", "+7", "1e-9", "1e-30", "2026-01-01"]  # fmt: skip
COMMON = st.text(alphabet="0123456789.,eE+-_ ' \u00a0%٣７NaInf", max_size=14)


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as found:
        yield found


def read(connection: duckdb.DuckDBPyConnection, texts: Sequence[str], kind: str, form: Format) -> list[object]:
    """Return what the intake makes of cells, in their order: cleaned, then typed."""
    column = Column("v", kind, "may")
    connection.execute(_CELLS, [len(texts), list(texts)])
    sent = f'select place, {cleaned(column)} as "sent_v" from cells'
    found = connection.execute(f"select {typed(column, form)} from ({sent}) order by place").fetchall()
    return [value for (value,) in found]


def number_said(text: str, decimal: str) -> Fraction | None:
    """Return what a careful reader takes the text for; None where two readings are possible or none."""
    text = text.strip(" \t\r\n")
    if decimal == ",":
        whole, _, rest = text.partition(",")
        sign, digits = ("-", whole[1:]) if whole[:1] == "-" else ("", whole.removeprefix("+"))
        groups = digits.split(".")
        if len(groups) > 1 and not (1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])):
            return None
        text = f"{sign}{''.join(groups)}" + (f".{rest}" if "," in text else "")
    if set(text) - set("0123456789.eE+-") or not re.search(r"\d$", text) or re.search(r"(^|[^\d])\.", text):
        return None
    try:
        return Fraction(text)
    except ValueError:
        return None


@pytest.mark.parametrize("decimal", [".", ","])
@modest
@given(texts=st.lists(st.one_of(COMMON, st.sampled_from(ODD)), min_size=30, max_size=60))
def test_a_number_is_what_it_says_or_nothing(
    connection: duckdb.DuckDBPyConnection, decimal: str, texts: list[str]
) -> None:
    found = read(connection, texts, "decimal", Format("f", "csv", "t", decimal=decimal))
    for text, value in zip(texts, found, strict=True):
        if value is None or text.strip(" \t\r\n").lower() in MISSING_MARKS:
            assert value is None
            continue
        assert isinstance(value, Decimal)
        said = number_said(text, decimal)
        # Nine decimals are kept; what is beyond is rounded, never turned into another number.
        assert said is not None, (text, value)
        assert abs(Fraction(value) - said) <= _SCALE / 2, (text, value)


@pytest.mark.parametrize("decimal", [".", ","])
@modest
@given(numbers=st.lists(st.decimals(-(10**18), 10**18, places=9, allow_nan=False, allow_infinity=False), min_size=20))
def test_a_number_written_as_agreed_comes_back_exactly(
    connection: duckdb.DuckDBPyConnection, decimal: str, numbers: list[Decimal]
) -> None:
    plain = [f"{number:f}" for number in numbers]
    texts = [text.replace(".", decimal) for text in plain]
    if decimal == ",":
        texts += [f"{number:,f}".translate(str.maketrans(",.", ".,")) for number in numbers]
    found = read(connection, texts, "decimal", Format("f", "csv", "t", decimal=decimal))
    assert found == (numbers * 2 if decimal == "," else numbers)


@modest
@given(texts=st.lists(st.one_of(COMMON, st.integers().map(str), st.sampled_from(ODD)), min_size=30, max_size=60))
def test_a_whole_number_is_what_it_says_or_nothing(connection: duckdb.DuckDBPyConnection, texts: list[str]) -> None:
    for text, value in zip(texts, read(connection, texts, "integer", Format("f", "csv", "t")), strict=True):
        plain = text.strip(" \t\r\n")
        is_agreed = plain.isascii() and plain.lstrip("+-").isdigit() and len(plain.lstrip("+-")) <= 18
        is_agreed = is_agreed and len(plain) - len(plain.lstrip("+-")) <= 1
        assert value == (int(plain) if is_agreed else None), text


@modest
@given(days=st.lists(st.dates(date(1900, 1, 1), date(2200, 12, 31)), min_size=30, max_size=60))
def test_every_date_comes_back_and_its_ambiguous_writings_do_not(
    connection: duckdb.DuckDBPyConnection, days: list[date]
) -> None:
    iso = Format("f", "csv", "t")
    assert read(connection, [day.isoformat() for day in days], "date", iso) == days
    for pattern in ("%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%Y/%m/%d", "%Y%m%d", "%d %B %Y", "%Y-%m-%dT00:00:00Z"):
        assert set(read(connection, [day.strftime(pattern) for day in days], "date", iso)) == {None}, pattern
    serials = [str((day - date(1899, 12, 30)).days) for day in days]
    assert set(read(connection, serials, "date", iso)) == {None}
    declared = Format("f", "csv", "t", date_format="%d.%m.%Y")
    assert read(connection, [day.strftime("%d.%m.%Y") for day in days], "date", declared) == days


@modest
@given(
    parts=st.lists(st.tuples(st.integers(1, 9999), st.integers(0, 14), st.integers(0, 33)), min_size=30, max_size=60)
)
def test_a_day_that_the_calendar_does_not_have_is_no_date(
    connection: duckdb.DuckDBPyConnection, parts: list[tuple[int, int, int]]
) -> None:
    texts = [f"{year:04}-{month:02}-{day:02}" for year, month, day in parts]
    for (year, month, day), value in zip(parts, read(connection, texts, "date", Format("f", "csv", "t")), strict=True):
        exists = 1900 <= year <= 2200 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]
        assert value == (date(year, month, day) if exists else None)


def test_thirty_days_around_each_leap_day_are_read_as_the_calendar_has_them(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    days = [date(year, 2, 15) + timedelta(n) for year in (1900, 2000, 2023, 2024, 2100) for n in range(30)]
    assert read(connection, [day.isoformat() for day in days], "date", Format("f", "csv", "t")) == days
    false = [f"{year}-02-{day}" for year in (1900, 2023, 2100) for day in (29, 30, 31)] + ["2024-02-30"]
    assert set(read(connection, false, "date", Format("f", "csv", "t"))) == {None}


def broken(connection: duckdb.DuckDBPyConnection, kind: str, texts: Sequence[str]) -> list[bool]:
    connection.execute(_CELLS, [len(texts), list(texts)])
    rows = connection.execute(f"select {broken_identifier(kind, 'v')} from cells order by place").fetchall()
    return [bool(value) for (value,) in rows]


_OTHER = dict(zip("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", "1234567890BCDEFGHIJKLMNOPQRSTUVWXYZA", strict=True))
BODY = st.text(alphabet=string.digits + string.ascii_uppercase, min_size=18, max_size=18)


@modest
@given(bodies=st.lists(BODY, min_size=20, max_size=40), place=st.integers(0, 17), noise=st.lists(COMMON, min_size=5))
def test_an_lei_is_judged_as_the_standard_library_of_identifiers_does(
    connection: duckdb.DuckDBPyConnection, bodies: list[str], place: int, noise: list[str]
) -> None:
    sound = [body + lei.calc_check_digits(body) for body in bodies] if hasattr(lei, "calc_check_digits") else [
        body + f"{98 - int(''.join(str(int(c, 36)) for c in body + '00')) % 97:02}" for body in bodies]  # fmt: skip
    # Of the same class: a letter for a digit moves all before it, which one in 97 times no check digit can see.
    slipped = [f"{text[:place]}{_OTHER[text[place]]}{text[place + 1 :]}" for text in sound]
    assert not any(broken(connection, "lei", sound))
    assert all(broken(connection, "lei", slipped))
    texts = [text for text in [*sound, *slipped, *noise] if text == text.strip() and text == text.upper() and text]
    assert broken(connection, "lei", texts) == [not (len(t) == 20 and t.isascii() and lei.is_valid(t)) for t in texts]


@modest
@given(bodies=st.lists(st.text(alphabet=string.digits, min_size=12, max_size=12), min_size=20, max_size=40))
def test_a_location_number_is_judged_alike_and_every_wrong_digit_is_found(
    connection: duckdb.DuckDBPyConnection, bodies: list[str]
) -> None:
    sound = [body + ean.calc_check_digit(body) for body in bodies]
    assert not any(broken(connection, "gln", sound))
    slipped = [f"{text[:n]}{(int(text[n]) + 1) % 10}{text[n + 1 :]}" for text in sound[:5] for n in range(13)]
    assert all(broken(connection, "gln", slipped))
    assert all(broken(connection, "gln", [text[:-1] for text in sound]))
    assert broken(connection, "gtin", sound) == [not ean.is_valid(text) for text in sound]

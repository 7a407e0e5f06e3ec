"""What is compared of a record: its name without legal forms, the numbers in it, and its address.

Names come with blanks between letters, with and without legal form, in capitals and with accents; so the compared form
has neither blanks nor accents. "Unit 6" and "unit 10" differ in nothing but a number, so numbers are a feature of
their own.
"""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

# Latin letters that lose no accent because they carry none.
_LETTERS = ("ıøłđðæœþ", "iolddaot")
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8"}
# Columns that the model compares, beside unique_id and kind.
COLUMNS = ("core", "numbers", "core_grams", "plain_grams", "address_grams", "address_numbers", "country")


@cache
def _words() -> dict[str, Any]:
    return dict(yaml.safe_load(Path(__file__).with_name("words.yml").read_text(encoding="utf-8")))


def cleaned(text: str) -> str:
    """Return SQL: small letters and digits of any script, single blanks, no accents; '' for NULL."""
    plain = f"translate(strip_accents(lower(nfc_normalize(coalesce({text}, '')))), '{_LETTERS[0]}', '{_LETTERS[1]}')"
    plain = f"replace({plain}, 'ß', 'ss')"
    return f"trim(regexp_replace({plain}, '[^\\p{{L}}\\p{{N}}]+', ' ', 'g'))"


def without(text: str, *lists: str) -> str:
    """Return SQL: cleaned text without the words of these lists and without blanks; all of it if nothing is left."""
    # The longest first: a form of three words is not cut by a form of one.
    forms = sorted({form for name in lists for form in _words()[name]}, key=lambda form: (-len(form), form))
    rest = f"replace(regexp_replace({text}, '\\b({'|'.join(forms)})\\b', '', 'g'), ' ', '')"
    return f"coalesce(nullif({rest}, ''), replace({text}, ' ', ''))"


def grams(text: str) -> str:
    """Return SQL: the distinct groups of three letters of a text, in order."""
    return f"list_sort(list_distinct(list_transform(range(1, length({text}) - 1), lambda i: substr({text}, i, 3))))"


def numbers(text: str) -> str:
    """Return SQL: the distinct numbers in a cleaned text, also in Roman digits, without leading zeros."""
    for roman, digit in _ROMAN.items():
        text = f"regexp_replace({text}, '\\b{roman}\\b', '{digit}', 'g')"
    found = f"regexp_extract_all({text}, '[0-9]+')"
    return f"list_sort(list_distinct(list_transform({found}, lambda n: coalesce(nullif(ltrim(n, '0'), ''), '0'))))"


def features(records: str) -> str:
    """Return SQL with the compared columns (`COLUMNS`), and what keys are made of.

    `records` has record_id, kind, name, address and country, all text.
    `exact_key` is equal where name, legal form, address and country are equal as written, but for case and signs.
    """
    return f"""
        with cleaned as (
            select record_id, kind, {cleaned("name")} as name, {cleaned("address")} as address,
                upper(country) as country
            from {records}
        ), cut as (
            select *, {without("name", "legal", "common")} as core, {without("name", "legal")} as plain,
                {numbers("name")} as numbers, {numbers("address")} as address_numbers,
                replace(address, ' ', '') as place
            from cleaned
        )
        select record_id as unique_id, kind, core, numbers, plain, nullif(name, '') as full_name, country,
            concat_ws('|', kind, nullif(name, ''), place, country) as exact_key, nullif(place, '') as place,
            {grams("core")} as core_grams, {grams("plain")} as plain_grams,
            case when length(place) > 4 then {grams("place")} end as address_grams, address_numbers,
            string_split(name, ' ') as tokens
        from cut"""

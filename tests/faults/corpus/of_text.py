"""Families text and numbers: encodings, quotes, headers, cells; numbers and dates that other readers would guess at."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from tests.faults.corpus.case import Case
from tests.faults.corpus.rows import ANSWERS, REQUESTS, answer, answers, requests, text

_LATE = "C9,2025-01-01,2025-12-31,2026-01-02"


def whole_files(rng: Random) -> Iterator[Case]:
    """What decides over the whole file."""
    t = f"w{rng.getrandbits(24):x}"

    def plain(name: str) -> bytes:
        return text(REQUESTS, requests(f"{t}{name}"))

    yield Case("text", "utf8_with_bom", b"\xef\xbb\xbf" + plain("b"), "accepted", rows=3, due=3)
    yield Case("text", "old_mac_line_ends", plain("m").replace(b"\n", b"\r"), "accepted", rows=3, due=3)
    yield Case("text", "no_last_line_end", plain("n").rstrip(), "accepted", rows=3, due=3)
    shuffled = [",".join(line.split(",")[::-1]) for line in requests(f"{t}s")]
    yield Case("text", "shuffled_columns", text(",".join(REQUESTS.split(",")[::-1]), shuffled), "accepted", (), 3, 3)
    spaced = plain("c").replace(b"request_id", b" Request_ID ", 1)
    yield Case("text", "header_in_capitals", spaced, "accepted", rows=3, due=3)
    ours = text(f"{REQUESTS},row_number,source_ref", [f"{line},x,y" for line in requests(f"{t}o")])
    yield Case("text", "columns_named_like_ours", ours, "accepted_with_warnings", ("unknown_column",), 3, 3)
    odd = text(f'{REQUESTS},"a "" , (select 1) as ""b"', [f"{line},x" for line in requests(f"{t}q")])
    yield Case("text", "column_name_with_quotes", odd, "accepted_with_warnings", ("unknown_column",), 3, 3)
    bad = {
        "utf16": (plain("u").decode().encode("utf-16"), "not_a_table"),
        "utf16_without_mark": (plain("v").decode().encode("utf-16-le"), "nul_bytes"),
        "nul_late": (plain("z") + b"x" * 5000 + b"\0", "nul_bytes"),
        "semicolons": (plain("d").replace(b",", b";"), "unknown_format"),
        "open_quote": (plain("o") + f'"open,{_LATE}\nx,{_LATE}\n'.encode(), "broken_quoting"),
        "title_rows": (b"Our requests\nas of today\n" + plain("t"), "unknown_format"),
        "column_twice": (text(f"{REQUESTS},SENT_AT", [f"{r},x" for r in requests(f"{t}2")]), "duplicate_column"),
        "homoglyph_column": (plain("h").replace(b"entity_id", "еntity_id".encode(), 1), "missing_column"),
        "column_missing": (text("request_id,entity_id,period_start,period_end", ["a,b,c,d"]), "missing_column"),
        "columns_by_the_thousand": (text(f"{REQUESTS}," + ",".join(f"c{n}" for n in range(3000)), []),
                                    "too_many_columns"),
        "line_of_17_mb": (plain("l") + b"x" * (17 << 20), "line_too_long"),
        "header_only": (text(REQUESTS, []), "no_rows"),
    }  # fmt: skip
    for name, (content, code) in bad.items():
        yield Case("text", name, content, "rejected", (code,))


def single_rows(rng: Random) -> Iterator[Case]:
    """What costs one row and leaves the sound ones."""
    t = f"s{rng.getrandbits(24):x}"
    bad = {
        "latin1_in_one_row": (f"\xe4,{_LATE}".encode("latin-1"), "undecodable"),
        "replacement_sent": (f"\ufffd,{_LATE}".encode(), "undecodable"),
        "ragged": (b"r9,C9", "ragged_row"),
        "cell_of_1_mb": (b"x" * (1 << 20) + f",{_LATE}".encode(), "cell_too_long"),
        "line_end_in_id": (f'"r\n9",{_LATE}'.encode(), "odd_characters"),
        "zero_width_in_id": (f"r\u200b9,{_LATE}".encode(), "odd_characters"),
        "bidi_in_id": (f"r\u202e9,{_LATE}".encode(), "odd_characters"),
        "bidi_isolate_in_id": (f"r\u20669,{_LATE}".encode(), "odd_characters"),
        "tag_characters_in_id": (f"r\U000e0041,{_LATE}".encode(), "odd_characters"),
        "filler_in_id": (f"r\u3164,{_LATE}".encode(), "odd_characters"),
        "mixed_scripts_in_id": (f"\u0421C9,{_LATE}".encode(), "mixed_scripts"),
        "header_again": (REQUESTS.encode(), "not_a_date"),
    }
    for name, (row, code) in bad.items():
        rows = text(REQUESTS, requests(f"{t}{name[:2]}{len(name)}"))
        place = rng.choice((len(REQUESTS) + 1, len(rows)))
        content = rows[:place] + row + b"\n" + rows[place:]
        yield Case("text", name, content, "partly_quarantined", (code,), 4, 3)


_NUMBERS = (
    "nan", "inf", "-Infinity", "1e400", "1_000", "１２", "१२", "1\u00a0234", "<5", "0x1F", "--5", "1/2", "12 %", "1.",
    ".5", '"1,234.5"', '"1.234,56"', "1 234", "1e", "½", "12t", "TRUE", "1'234", "9" * 30,
)  # fmt: skip
_DATES = (
    "31.12.2025", "12/31/2025", "04/03/2026", "45657", "2025-02-30", "2025-12-31T00:00:00", "0202-01-01", "2025-1-1",
    "20251231", "2999-01-01", "２０２５-12-31", "2025-12", "today",
)  # fmt: skip


def numbers(rng: Random) -> Iterator[Case]:
    """Numbers and dates outside the agreed grammar, one per delivery and all together."""
    t = f"n{rng.getrandbits(24):x}"
    some = {"number": rng.sample(_NUMBERS, 4), "date": rng.sample(_DATES, 4)}
    for place, value in enumerate(some["number"]):
        yield _number(f"number_{place}", f"{t}{place}", [value])
    for place, value in enumerate(some["date"]):
        yield _date(f"date_{place}", f"{t}d{place}", [value])
    yield _number("all_numbers", f"{t}a", _NUMBERS)
    yield _date("all_dates", f"{t}e", _DATES)
    marks = [answer(f"{t}{n}", f"{mark},t,value,2") for n, mark in enumerate(("k.A.", "n/a", "-", "–", "."))]
    yield Case("numbers", "missing_marks_are_no_zero", text(ANSWERS, [*answers(t), *marks]), "partly_quarantined",
               ("missing_value",), 8, 3, "supplier_survey")  # fmt: skip
    sound = [answer(f"{t}{n}", f"{v},t,value,2") for n, v in enumerate(("-0", "+1.5", "1e3", "0.000000001", "007"))]
    yield Case("numbers", "odd_but_numbers", text(ANSWERS, sound), "accepted", (), 5, 5, "supplier_survey")


def _number(name: str, token: str, values: tuple[str, ...] | list[str]) -> Case:
    rows = [*answers(token), *(answer(f"{token}x{n}", f"{value},t,value,2") for n, value in enumerate(values))]
    return Case("numbers", name, text(ANSWERS, rows), "partly_quarantined", ("not_a_number",), len(rows), 3,
                "supplier_survey")  # fmt: skip


def _date(name: str, token: str, values: tuple[str, ...] | list[str]) -> Case:
    rows = [*requests(token), *(f"{token}x{n},C9,2025-01-01,2025-12-31,{value}" for n, value in enumerate(values))]
    return Case("numbers", name, text(REQUESTS, rows), "partly_quarantined", ("not_a_date",), len(rows), 3)

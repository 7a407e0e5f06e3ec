"""Families identity and transport: the same thing again, things that are no files, names that mean something."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from tests.faults.corpus.case import Case
from tests.faults.corpus.rows import ANSWERS, REQUESTS, answer, answers, requests, text


def identity(rng: Random) -> Iterator[Case]:
    """Replays, contradictions, keys that would collide if they were glued together."""
    t = f"i{rng.getrandbits(24):x}"
    first = text(REQUESTS, requests(t))

    def case(name: str, content: bytes, outcome: str, **more: object) -> Case:
        return Case("identity", name, content, outcome, **more)  # type: ignore[arg-type]

    yield case("first", first, "accepted", rows=3, due=3)
    yield case("again", first, "duplicate", codes=("duplicate",))
    yield case("again_under_another_name", first, "duplicate", codes=("duplicate",), file_name="renamed by hand.txt")
    yield case("again_from_another_sender", first, "duplicate", codes=("duplicate",), sender="elsewhere")
    yield case("other_line_ends", text(REQUESTS, requests(t), "\r\n"), "accepted", rows=3, due=3)
    yield case("other_row_order", text(REQUESTS, requests(t)[::-1]), "accepted", rows=3, due=3)
    rows = requests(f"{t}c")
    torn = [*rows, rows[0].replace("2026-01-02", "2026-01-03")]
    yield case("contradiction_in_one_file", text(REQUESTS, torn), "partly_quarantined", codes=("contradicting_rows",),
               rows=4, due=2)  # fmt: skip
    rows = requests(f"{t}r")
    yield case("row_repeated", text(REQUESTS, [*rows, *rows]), "partly_quarantined", codes=("repeated_row",), rows=6,
               due=3)  # fmt: skip
    glued = [answer(f"{t}ab", "1,t,value,2", "c"), answer("c", "1,t,value,2", f"{t}ab"), *answers(t, 1)]
    yield case("keys_that_glue_to_one", text(ANSWERS, glued), "accepted", rows=3, due=3, source="supplier_survey")
    shorter = [answer("b", "1,t,value,2", f"{t}a"), answer("", "1,t,value,2", f"{t}ab"), *answers(f"{t}s", 2)]
    yield case("key_part_missing", text(ANSWERS, shorter), "partly_quarantined", codes=("missing_value",), rows=4,
               due=3, source="supplier_survey")  # fmt: skip


_NAMES: dict[str, str | bytes] = {
    "newline": "two\nlines.csv", "option": "--help", "template": "{{ ds }}{% raw %}.csv", "long": "x" * 240 + ".csv",
    "bidi": "rep\u202evsc.exe", "not_utf8": b"b\xff\xfe.csv", "shell": "$(touch evil_shell);`touch evil_tick`.csv",
    "sql": "x'); drop table ledger_entries; --.csv", "glob": "*.parquet", "backslash": "up\\..\\..\\evil_up.csv",
}  # fmt: skip


def transport(rng: Random) -> Iterator[Case]:
    """What lies in an inbox beside honest files, and honest files with hostile names."""
    t = f"t{rng.getrandbits(24):x}"
    for name, given in _NAMES.items():
        content = text(REQUESTS, requests(f"{t}{name}"))
        yield Case("transport", f"name_{name}", content, "accepted", rows=3, due=3, file_name=given)
    for kind in ("link", "dangling_link", "pipe", "socket"):
        yield Case("transport", kind, b"", "rejected", ("not_a_file",), kind=kind)
    yield Case("transport", "folder", b"", "ignored", ("not_a_file",), kind="folder")
    yield Case("transport", "folder_behind_a_link", b"", "rejected", ("not_a_file",), sender="", kind="folder_link")
    yield Case("transport", "empty", b"", "rejected", ("empty_file",))
    yield Case("transport", "blank_lines_only", b"\n\r\n" * rng.randint(2, 9), "rejected", ("empty_file",))
    cut = text(REQUESTS, requests(f"{t}cut"))[: -rng.randint(11, 20)]
    yield Case("transport", "cut_in_the_last_row", cut, "partly_quarantined", ("ragged_row",), 3, 2)
    sender = text(REQUESTS, requests(f"{t}s"))
    yield Case("transport", "sender_template", sender, "accepted", rows=3, due=3, sender="{{ var.value }}'; --")

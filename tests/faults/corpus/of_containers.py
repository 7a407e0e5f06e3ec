"""Family containers: archives that are damaged, nested, encrypted, explosive, or no tables at all."""

from __future__ import annotations

import gzip
import stat
import zlib
from collections.abc import Iterator
from random import Random

from tests.faults.corpus.book import SHEET, packed, parts
from tests.faults.corpus.case import Case
from tests.faults.corpus.rows import ANSWERS, REQUESTS, answers, requests, text

_MB = 1 << 20


def gzips(rng: Random) -> Iterator[Case]:
    """Gzip files: whole, cut, with a wrong checksum, doubled, nested, explosive."""
    t = f"g{rng.getrandbits(24):x}"
    plain = text(REQUESTS, requests(t))
    whole = gzip.compress(plain, mtime=0)
    flipped = bytearray(whole)
    flipped[-8] ^= 0xFF
    yield Case("containers", "gzip_whole", whole, "accepted", rows=3, due=3)
    bad = {
        "gzip_cut": (whole[: -rng.randint(5, 12)], "damaged_gzip"),
        "gzip_wrong_crc": (bytes(flipped), "damaged_gzip"),
        "gzip_second_member": (whole + gzip.compress(b"evil", mtime=0), "damaged_gzip"),
        "gzip_trailing_bytes": (whole + b"\0evil", "damaged_gzip"),
        "gzip_in_gzip": (gzip.compress(whole, mtime=0), "nested_archive"),
        "gzip_of_zip": (gzip.compress(packed({"a.csv": plain}), mtime=0), "nested_archive"),
        "gzip_bomb": (_bomb(f"{t}b", 64 * _MB), "too_large"),
        "gzip_of_nothing": (gzip.compress(b"", mtime=0), "empty_file"),
    }
    for name, (content, code) in bad.items():
        yield Case("containers", name, content, "rejected", (code,))


def _bomb(token: str, size: int) -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    head = packer.compress(text(REQUESTS, requests(token)))
    return head + packer.compress(b"x" * size) + packer.flush()


def zips(rng: Random) -> Iterator[Case]:
    """Zip files and workbooks: traversal, links, bombs, locks, programs."""
    t = f"z{rng.getrandbits(24):x}"
    csv = text(REQUESTS, requests(t))
    book = parts([ANSWERS.split(","), *(row.split(",") for row in answers(t))])
    whole = packed(book)
    yield Case("containers", "workbook", whole, "accepted", rows=3, due=3, source="supplier_survey")
    locked = bytearray(whole)
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        locked[whole.index(mark) + (6 if mark[2] == 3 else 8)] |= 1
    bad = {
        "zip_of_csv": (packed({"a.csv": csv}), "not_a_table"),
        "zip_traversal": (packed({"../../evil_up.csv": csv, "/tmp/evil_root.csv": csv}), "not_a_table"),
        "workbook_traversal": (packed(book | {"../../evil_up.xml": "<a/>"}), "active_content"),
        "workbook_absolute": (packed(book | {"/tmp/evil_root.xml": "<a/>"}), "active_content"),
        "workbook_backslash": (packed(book | {"..\\..\\evil_up.xml": "<a/>"}), "active_content"),
        "workbook_of_links": (packed(book, stat.S_IFLNK | 0o777), "active_content"),
        "workbook_locked": (bytes(locked), "encrypted"),
        "workbook_cut": (whole[: len(whole) // 2], "damaged_zip"),
        "workbook_macro": (packed(book | {"xl/vbaProject.bin": "Sub Auto_Open()"}), "active_content"),
        "workbook_external_link": (packed(book | {"xl/externalLinks/externalLink1.xml": "<a/>"}), "active_content"),
        "workbook_bomb": (packed(book | {"xl/media/a.xml": b" " * (64 * _MB)}), "too_large"),
        "workbook_many_members": (packed(book | {f"xl/x{n}.xml": "" for n in range(2500)}), "too_large"),
        "workbook_sheet_missing": (packed({n: c for n, c in book.items() if n != SHEET}), "unknown_format"),
    }
    for name, (content, code) in bad.items():
        yield Case("containers", name, content, "rejected", (code,), source="supplier_survey", file_name=f"{name}.xlsx")


_FOREIGN = {
    "pdf": b"%PDF-1.7\n%\xe2\xe3\n", "old_office": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "html_error": b"<!DOCTYPE html><html><body>502 Bad Gateway</body></html>", "json_error": b'{"error": "token"}',
    "program": b"\x7fELF\x02\x01\x01", "picture": b"\x89PNG\r\n\x1a\n", "parquet": b"PAR1\x15\x04PAR1",
}  # fmt: skip


def foreign(_rng: Random) -> Iterator[Case]:
    """Other kinds of files under the name of a table."""
    for name, content in _FOREIGN.items():
        yield Case("containers", f"really_{name}", content, "rejected", ("not_a_table",))


def containers(rng: Random) -> Iterator[Case]:
    """All of the family."""
    for cases in (gzips, zips, foreign):
        yield from cases(rng)

"""What the bytes are before anybody parses them: by their first bytes, never by the file name.

Compressed data is unpacked into the private folder of the parse child, counted while it grows.
"""

from __future__ import annotations

import re
import shutil
import zlib
from collections.abc import Set
from pathlib import Path

from ingestion.formats.bounds import DEFAULT, GROWTH_FREE, Bounds, refuse
from ingestion.formats.workbook_file import check_workbook

_BLOCK = 1 << 20
# The file format names itself; the stream format starts with the mark of its first message.
_ARROW = (b"ARROW1", b"\xff\xff\xff\xff")
_MARKS = {"json": (b"{", b"["), "xml": (b"<",)}
# A server's error page is not the document that somebody meant to send.
_WEB_PAGE = re.compile(rb"<(!doctype\s+html|html)", re.IGNORECASE)
_FOREIGN = (
    (b"%PDF", "a PDF document"),
    (b"\xd0\xcf\x11\xe0", "an old or encrypted Office file"),
    (b"\x7fELF", "a program"),
    (b"\x89PNG", "a picture"),
    (b"PAR1", "a Parquet file"),
    (b"\xff\xfe", "text in UTF-16"),
    (b"\xfe\xff", "text in UTF-16"),
)


def open_container(
    path: Path, private: Path, expected: Set[str] = frozenset(("csv", "xlsx")), bounds: Bounds = DEFAULT
) -> tuple[str, Path]:
    """Return the media and the file to parse; raise `FileRefused` for every media that the source does not expect."""
    head = _head(path)
    if head.startswith(b"\x1f\x8b"):
        path = _gunzip(path, private / "unpacked", bounds)
        head = _head(path)
        if head.startswith((b"\x1f\x8b", b"PK")):
            raise refuse(
                "nested_archive", "the gzip file holds another archive", "send one plain CSV file, at most gzipped once"
            )
    if head.startswith(b"PK"):
        check_workbook(path, bounds)
        # openpyxl insists on the ending; the archive knows none.
        return "xlsx", Path(shutil.copyfile(path, private / "workbook.xlsx"))
    if head.startswith(_ARROW) and "arrow" in expected:
        return "arrow", path
    return _text_media(head, expected), path


def _text_media(head: bytes, expected: Set[str]) -> str:
    for magic, what in _FOREIGN:
        if head.startswith(magic):
            raise refuse(
                "not_a_table",
                f"the file is {what}, not a table",
                "export the table as CSV (UTF-8) or XLSX and send it again",
            )
    if b"\0" in head:
        raise refuse("nul_bytes", "the file holds NUL bytes; this is no text or UTF-16", "save it as CSV in UTF-8")
    first = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    media = next((media for media, marks in _MARKS.items() if first.startswith(marks)), "csv")
    if first and (media == "csv" or media in expected) and not _WEB_PAGE.match(first):
        return media
    if media != "csv":
        kind = "an HTML or XML page" if media == "xml" else "JSON"
        raise refuse(
            "not_a_table",
            f"the file is {kind}, not what this source takes (perhaps an error page of a server)",
            "open it, then send the data themselves",
        )
    raise refuse("empty_file", "the file is empty", "send the file with its header and rows")


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4096)


def _gunzip(path: Path, target: Path, bounds: Bounds) -> Path:
    unpacker = zlib.decompressobj(wbits=31)
    packed, size = path.stat().st_size, 0
    try:
        with path.open("rb") as source, target.open("wb") as out:
            while (block := source.read(_BLOCK)) and not unpacker.eof:
                while block:
                    piece = unpacker.decompress(block, _BLOCK)
                    size += len(piece)
                    _check_growth(size, packed, bounds)
                    out.write(piece)
                    block = unpacker.unconsumed_tail
            # The last block may be consumed while output still waits inside.
            while not unpacker.eof and (piece := unpacker.decompress(unpacker.unconsumed_tail, _BLOCK)):
                size += len(piece)
                _check_growth(size, packed, bounds)
                out.write(piece)
            left = unpacker.unused_data or block
    except zlib.error as error:
        raise refuse(
            "damaged_gzip", f"the gzip file is damaged ({error})", "compress it again and send it again"
        ) from error
    if not unpacker.eof:
        raise refuse("damaged_gzip", "the gzip file ends too early", "transfer it again, completely")
    if left:
        raise refuse("damaged_gzip", "the gzip file holds more than one member", "compress one file into one gzip file")
    return target


def _check_growth(size: int, packed: int, bounds: Bounds) -> None:
    if size > bounds.unpacked_bytes or (size > GROWTH_FREE and size > packed * bounds.ratio):
        raise refuse(
            "too_large", f"the file unpacks to more than {size} bytes from {packed}", "send the table in smaller files"
        )

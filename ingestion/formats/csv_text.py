"""The text of a CSV file, made readable as UTF-8 before it is split: encodings, NUL bytes, overlong lines."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingestion.records import FileRefused

_BLOCK = 1 << 20
LINE_LIMIT = 16 << 20
CELL_LIMIT = 32_767  # what a spreadsheet cell can hold
REPLACED = "\ufffd"


@dataclass(frozen=True)
class CsvText:
    """A UTF-8 file. `suspect` says that a row may hold undecodable bytes or an overlong cell."""

    path: Path
    suspect: bool


def as_utf8(path: Path, encodings: tuple[str, ...], private: Path) -> CsvText:
    """Return the file as UTF-8: itself if it is, else a copy decoded with the first encoding that fits."""
    longest = _scan(path)
    suspect = longest > CELL_LIMIT
    for encoding in encodings:
        if _decodes(path, encoding):
            if encoding in ("utf-8", "utf-8-sig", "ascii"):
                return CsvText(path, suspect or _holds_replacement(path))
            return CsvText(_transcode(path, encoding, private / "text.csv", "strict"), suspect)
    # No declared encoding fits the whole file: the rows that do not fit are quarantined, the others are read.
    return CsvText(_transcode(path, encodings[0], private / "text.csv", "replace"), True)


def _scan(path: Path) -> int:
    longest, carried, line = 0, 0, 1
    for block in _blocks(path):
        if b"\0" in block:
            line += block[: block.index(b"\0")].count(b"\n")
            raise FileRefused(
                "nul_bytes",
                f"line {line} holds NUL bytes; this is no text or UTF-16",
                "save the file as CSV in UTF-8",
                line,
            )
        pieces = block.replace(b"\r", b"\n").split(b"\n")
        pieces_longest = max(map(len, pieces))
        longest = max(longest, carried + len(pieces[0]), pieces_longest)
        carried = len(pieces[-1]) + (carried if len(pieces) == 1 else 0)
        if longest > LINE_LIMIT:
            raise FileRefused(
                "line_too_long", f"a line after line {line} is longer than {LINE_LIMIT} bytes", "send one row per line"
            )
        line += block.count(b"\n")
    return longest


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        for block in _blocks(path):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _holds_replacement(path: Path) -> bool:
    return any(REPLACED.encode() in block for block in _blocks(path))


def _transcode(path: Path, encoding: str, target: Path, errors: str) -> Path:
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    with target.open("w", encoding="utf-8", newline="") as out:
        for block in _blocks(path):
            out.write(decoder.decode(block))
        out.write(decoder.decode(b"", final=True))
    return target

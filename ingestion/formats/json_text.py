"""JSON read strictly: bounded in size and depth, no duplicate keys, no NaN, every number exactly as it was written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from ingestion.formats.bounds import DEFAULT, Bounds, refuse
from ingestion.records import FileRefused

_DEEPEST = 64
# Possessive: one long string must not fill the memory with places to go back to.
_STRING = re.compile(r'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_BRACKET = re.compile(r"[\[\]{}]")
_FIX = "export it again as valid JSON in UTF-8 (RFC 8259)"


class Number(str):
    """A number as its digits: a float would round what somebody reported."""

    __slots__ = ()


def read_json(path: Path, bounds: Bounds = DEFAULT) -> Any:
    """Return the document; numbers are `Number`, a text. Raises `FileRefused`."""
    if path.stat().st_size > bounds.document_bytes:
        raise refuse("too_large", f"the document is larger than {bounds.document_bytes >> 20} MB", "send it in parts")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise refuse("bad_encoding", f"the text is not UTF-8 (byte {error.start})", _FIX) from error
    return _parsed(text)


def has_json_lines(path: Path, bounds: Bounds = DEFAULT) -> bool:
    """Tell whether a file holds one JSON object per line, at least two of them (JSON Lines)."""
    with path.open("rb") as file:
        first = file.readline(bounds.document_bytes).removeprefix(b"\xef\xbb\xbf").strip()
        if not (first.startswith(b"{") and first.endswith(b"}")):
            return False
        return any(line.startswith(b"{") for line in file if line.strip())


def read_json_lines(path: Path, bounds: Bounds = DEFAULT) -> Iterator[tuple[int, Any]]:
    """Yield each line with its number: its document, or the `FileRefused` that this line alone would have been."""
    with path.open("rb") as file:
        for number, line in enumerate(iter(lambda: file.readline(bounds.document_bytes), b""), 1):
            if not line.strip():
                continue
            try:
                yield number, _parsed(line.decode("utf-8-sig"))
            except UnicodeDecodeError as error:
                yield number, refuse("bad_encoding", f"the text is not UTF-8 (byte {error.start})", _FIX)
            except FileRefused as refusal:
                yield number, refusal


def _parsed(text: str) -> Any:
    _check_depth(text)
    try:
        return json.loads(
            text, object_pairs_hook=_object, parse_float=Number, parse_int=Number, parse_constant=_no_constant
        )
    except json.JSONDecodeError as error:
        raise refuse("damaged_json", f"line {error.lineno}, column {error.colno}: {error.msg}", _FIX) from error


def _check_depth(text: str) -> None:
    # Python's parser recurses: depth is counted before, outside of strings.
    depth = 0
    for mark in _BRACKET.findall(_STRING.sub("", text)):
        depth += 1 if mark in "[{" else -1
        if depth > _DEEPEST:
            raise refuse("too_deep", f"the document nests deeper than {_DEEPEST} levels", _FIX)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise refuse("duplicate_key", f"the key {twice[:80]!r} stands twice in one object", _FIX)
    return found


def _no_constant(name: str) -> NoReturn:
    raise refuse("not_a_number", f"{name} is no number in JSON", _FIX)

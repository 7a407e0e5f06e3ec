"""Product footprints of the PACT Technical Specifications, editions 1, 2 and 3, one record per footprint.

The editions use the same words for different things: a value of edition 2 is per one declared unit, a value of edition
3 per declared amount of it; ratings run to 3 or to 5. A footprint whose words contradict its edition is rejected.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ingestion.formats.json_text import read_json
from ingestion.formats.moments import utc_text
from ingestion.formats.pact_fields import HEAD, MOMENTS, ONLY_IN, PCF, RATINGS, VERIFICATION
from ingestion.records import Record, Rejected

_HOLDERS = ("data", "pfs", "footprints", "productFootprints", "items")
Found = tuple[str, object]


def holds_footprints(path: Path) -> bool:
    """Return whether a JSON document holds at least one footprint."""
    return any(isinstance(item, dict) and _is_footprint(item) for _, item in _items(read_json(path), ""))


def read_footprints(path: Path) -> Iterator[Record | Rejected]:
    """Yield the footprints of a list, a page, a single object or CloudEvents; each under its JSON pointer."""
    for number, (pointer, item) in enumerate(_items(read_json(path), ""), start=1):
        yield _footprint(number, pointer or "/", item)


def _is_footprint(item: Mapping[str, Any]) -> bool:
    return isinstance(item.get("pcf"), dict) and ("id" in item or "specVersion" in item)


def _items(node: object, pointer: str) -> Iterator[Found]:
    if isinstance(node, list):
        for place, item in enumerate(node):
            yield from _items(item, f"{pointer}/{place}")
        return
    if isinstance(node, dict) and "pcf" not in node:
        held = [name for name in _HOLDERS if isinstance(node.get(name), dict | list)]
        if held:
            for name in held:
                yield from _items(node[name], f"{pointer}/{name}")
            return
    yield pointer, node


def _footprint(number: int, pointer: str, item: object) -> Record | Rejected:
    if not isinstance(item, dict) or not _is_footprint(item):
        return _reject(number, pointer, item, "not_a_footprint", "no product footprint: id or pcf is missing")
    version = str(item.get("specVersion") or "")
    edition = version.split(".", maxsplit=1)[0]
    if edition not in ONLY_IN:
        message = f"specVersion {version!r} is no edition of the PACT specifications that is read here (1, 2, 3)"
        return _reject(number, pointer, item, "edition_unknown", message)
    foreign = sorted(set(item["pcf"]) & {key for other, keys in ONLY_IN.items() if other != edition for key in keys}
                     - ONLY_IN[edition])  # fmt: skip
    if foreign:
        message = f"specVersion says edition {edition}, but {foreign[0]} is a word of another one"
        return _reject(number, pointer, item, "mixed_editions", message)
    return Record(number, pointer, _values(item) | {"spec_edition": edition, "spec_version": version})


def _values(item: Mapping[str, Any]) -> dict[str, str | None]:
    head, pcf = dict(item), dict(item["pcf"])
    for used in ("pcf", "specVersion"):
        head.pop(used, None)
    ratings, checked = (pcf.pop(name, None) for name in ("dqi", "dqr"))
    ratings = ratings or checked
    proof = pcf.pop("assurance", None) or pcf.pop("verification", None)
    values = _taken(head, HEAD) | _taken(pcf, PCF)
    values |= _taken(dict(ratings) if isinstance(ratings, dict) else {}, RATINGS)
    values |= _taken(dict(proof) if isinstance(proof, dict) else {}, VERIFICATION)
    # Whatever has no column is kept as it was written: extensions, comments, words of later minor versions.
    left = head | {f"pcf.{name}": value for name, value in pcf.items()}
    values["other_fields"] = _text(left) if left else None
    return values | {name: utc_text(values[name]) for name in MOMENTS}


def _taken(fields: dict[str, Any], columns: Mapping[str, tuple[str, ...]]) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for column, names in columns.items():
        sent = [fields.pop(name, None) for name in names]
        found[column] = next((_text(value) for value in sent if value not in (None, [], "")), None)
    return found


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _reject(number: int, pointer: str, item: object, code: str, message: str) -> Rejected:
    fix = "send footprints in one edition of the PACT specifications, each with its specVersion"
    return Rejected(number, pointer, code, message, fix, json.dumps(item, ensure_ascii=False)[:4000])

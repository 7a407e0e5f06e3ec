"""Answers in the JSON of Wikirate's interface: a page with `items`, a list, one answer, or a company with its answers.

Source: the interface's own documents. Metric and company stand as names, as objects with id and identifiers, or only
in the name of the answer (`designer+title+company+year`), whose parts never hold a plus sign.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ingestion.formats.json_text import Number, read_json
from ingestion.records import Record, Rejected

_HOLDERS = ("items", "answers", "data", "results")
_KINDS = {"answer": "answer", "relationship": "relationship", "relationship answer": "relationship"}
_IDENTIFIERS = {
    "lei": "company_lei", "legal_entity_identifier": "company_lei", "isin": "company_isin",
    "os_id": "company_os_id", "oar_id": "company_os_id", "open_supply_id": "company_os_id",
    "open_corporates": "company_open_corporates_id", "open_corporates_id": "company_open_corporates_id",
    "wikidata": "company_wikidata_id", "wikidata_id": "company_wikidata_id",
}  # fmt: skip
_PLAIN = {
    "id": "answer_id", "metric_id": "metric_id", "year": "year", "unit": "unit",
    "company_id": "company_id", "subject_company_id": "company_id", "object_company_id": "related_company_id",
} | _IDENTIFIERS  # fmt: skip
# `content` and `name` repeat other fields, `comments` and `checked_by` name contributors; the rest is about the page.
_SET_ASIDE = {
    "name", "type", "content", "comments", "checked_by", "checkers", "import", "inverse_metric_id", "inverse_metric",
    "created_at", "updated_at", "requested_at", "license", "html_url", "links", "ancestors", "record_url",
}  # fmt: skip
_ZERO = re.compile(r"[+-]?0+(\.0+)?")
_LARGEST = 1000


def holds_answers(path: Path) -> bool:
    """Return whether a JSON document holds at least one answer about a company."""
    return any(_is_answer(item) for _, item, _ in _items(read_json(path), "", {}))


def read_answers(path: Path) -> Iterator[Record | Rejected]:
    """Yield every element where answers stand, under its JSON pointer; what is no answer is rejected."""
    for number, (pointer, item, head) in enumerate(_items(read_json(path), "", {}), start=1):
        if _is_answer(item):
            yield Record(number, pointer or "/", _values(item, head))
        else:
            yield Rejected(
                number, pointer or "/", "not_an_answer", "the element is no answer with company, year and value",
                "send the answers as the interface gives them", json.dumps(item, ensure_ascii=False)[:_LARGEST],
            )  # fmt: skip


def _items(node: object, pointer: str, head: Mapping[str, Any]) -> Iterator[tuple[str, Any, Mapping[str, Any]]]:
    if isinstance(node, list):
        for place, item in enumerate(node):
            yield f"{pointer}/{place}", item, head
        return
    held = [name for name in _HOLDERS if isinstance(node, dict) and isinstance(node.get(name), list)]
    if isinstance(node, dict) and held and not _is_answer(node):
        for name in held:
            yield from _items(node[name], f"{pointer}/{name}", node)
        return
    yield pointer, node, head


def _is_answer(item: object) -> bool:
    if not isinstance(item, dict) or str(item.get("type", "answer")).casefold() not in _KINDS:
        return False
    return {"year", "value"} <= set(item) and bool({"company", "subject_company"} & set(item))


def _values(item: Mapping[str, Any], head: Mapping[str, Any]) -> dict[str, str | None]:
    left = {key: value for key, value in item.items() if key not in _SET_ASIDE}
    value = left.pop("value")
    values: dict[str, str | None] = {"value": _text(value), "value_state": _state(_text(value))}
    if values["value_state"] == "unknown":
        values["value"] = None
    values |= _named(left.pop("metric", None), "metric")
    values["metric"] = values.get("metric") or "+".join(str(item.get("name") or "").split("+")[:2]) or None
    values |= _named(left.pop("company", None) or left.pop("subject_company", None), "company")
    values |= _named(left.pop("related_company", None) or left.pop("object_company", None), "related_company")
    kind = str(item.get("type", "")).casefold()
    is_relation = values.get("related_company") is not None or _KINDS.get(kind) == "relationship"
    values["answer_kind"] = "relationship" if is_relation else "answer"
    values["answer_url"] = _text(left.pop("answer_url", None)) or _text(left.get("url"))
    left.pop("url", None)
    values["source_url"] = _sources(left.pop("sources", None) or left.pop("source", None))
    values["retrieved_at"] = str(item.get("requested_at") or head.get("requested_at") or "")[:10] or None
    values["licence"] = _text(item.get("license") or head.get("license"))
    for key in [key for key in left if key in _PLAIN]:
        values[_PLAIN[key]] = _text(left.pop(key)) or values.get(_PLAIN[key])
    return values | {f"{key}": _text(value) for key, value in left.items()}


def _named(node: object, column: str) -> dict[str, str | None]:
    if not isinstance(node, dict):
        return {column: _text(node)} if node is not None else {}
    found = {column: _text(node.get("name")), f"{column}_id": _text(node.get("id"))}
    if column == "metric":
        return found | ({"unit": _text(node["unit"])} if node.get("unit") else {})
    if column == "company":
        found |= {ours: text for key, ours in _IDENTIFIERS.items() if (text := _text(node.get(key)))}
    return found


def _sources(node: object) -> str | None:
    found = []
    for source in node if isinstance(node, list) else [node]:
        link = source.get("source_url") or source.get("url") if isinstance(source, dict) else source
        if link:
            found.append(str(link).strip())
    return " ".join(found) or None


def _state(text: str | None) -> str:
    if text is None:
        return "missing"
    if text.casefold() == "unknown":
        return "unknown"
    return "zero" if _ZERO.fullmatch(text) else "value"


def _text(value: object) -> str | None:
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False) if value else None
    if isinstance(value, bool):
        return "true" if value else "false"
    return (str(value).strip() or None) if value is not None else None

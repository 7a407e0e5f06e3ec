"""EPCIS 2.0 events in JSON-LD as flows: one record per event and thing that is observed, goes in or comes out.

Things stand in lists of instances (one piece each) and of classes (a quantity, in pieces unless a unit says otherwise).
Words of the core vocabulary come bare, as URN or as web address; all three become the bare word.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ingestion.formats.json_text import Number, read_json
from ingestion.formats.moments import utc_text
from ingestion.records import Record, Rejected

_HOLDERS = ("epcisBody", "queryResults", "resultsBody", "eventList", "event", "@graph")
_INSTANCES = {"epcList": "item", "childEPCs": "child", "inputEPCList": "input", "outputEPCList": "output"}
_CLASSES = {
    "quantityList": "item", "childQuantityList": "child", "inputQuantityList": "input", "outputQuantityList": "output",
}  # fmt: skip
_WORD = re.compile(
    r"(?:urn:epcglobal:cbv:(?:bizstep|disp|sdt):|https?://(?:ref\.gs1\.org/cbv|(?:www\.)?gs1\.org/voc)/"
    r"(?:BizStep|Disp|SDT)-)(\w+)"
)
_TEXTS = {
    "event_id": "eventID", "event_time": "eventTime", "event_offset": "eventTimeZoneOffset", "action": "action",
    "parent_id": "parentID", "transformation_id": "transformationID",
}  # fmt: skip
_USED = {*_TEXTS.values(), *_INSTANCES, *_CLASSES, "type", "isA", "bizStep", "disposition", "readPoint", "bizLocation",
         "bizTransactionList", "sourceList", "destinationList", "errorDeclaration", "recordTime"}  # fmt: skip


def holds_events(path: Path) -> bool:
    """Return whether a JSON document holds at least one event."""
    return any(isinstance(event, dict) and "eventTime" in event for _, event in _events(read_json(path), ""))


def read_flows(path: Path) -> Iterator[Record | Rejected]:
    """Yield the flows of a document, a query's answer, a list or one event, under their JSON pointers."""
    number = 0
    for place, (pointer, event) in enumerate(_events(read_json(path), ""), start=1):
        values = _event(event) if isinstance(event, dict) else {}
        for where, item in _items(event, pointer or "/"):
            number += 1
            if not values or item is None:
                found = "event" if not values else "item of an event"
                message, fix = f"this is no {found} of EPCIS 2.0", "export the event again as EPCIS 2.0 in JSON"
                raw = json.dumps(event, ensure_ascii=False)[:4000]
                yield Rejected(number, where, f"not_an_{found.split(maxsplit=1)[0]}", message, fix, raw)
                continue
            yield Record(number, where, values | item | {"event_number": str(place)})
            # What has no column stands once per event: an event may hold thousands of things.
            values["other_fields"] = None


def _events(node: Any, pointer: str) -> Iterator[tuple[str, Any]]:
    if isinstance(node, list):
        for place, item in enumerate(node):
            yield from _events(item, f"{pointer}/{place}")
        return
    held = [n for n in _HOLDERS if isinstance(node.get(n), dict | list)] if isinstance(node, dict) else []
    if held and "eventTime" not in node:
        for name in held:
            yield from _events(node[name], f"{pointer}/{name}")
    else:
        yield pointer, node


def _items(event: Any, pointer: str) -> Iterator[tuple[str, dict[str, str | None] | None]]:
    """Yield each thing with its pointer, None for what is no thing, and one empty thing where an event names none."""
    fields = event if isinstance(event, dict) else {}
    named = False
    for name, role in (_INSTANCES | _CLASSES).items():
        listed = fields.get(name)
        things = listed if isinstance(listed, list) else [] if listed is None else [listed]
        for place, thing in enumerate(things):
            named = True
            yield f"{pointer.rstrip('/')}/{name}/{place}", _item(thing, role, name in _CLASSES)
    if not named:
        yield pointer, {"item_role": "nothing"}


def _item(thing: Any, role: str, is_class: bool) -> dict[str, str | None] | None:
    if not is_class:
        return (
            {"item_role": role, "item_kind": "instance", "item_id": thing, "quantity": "1"} if _is_id(thing) else None
        )
    if not isinstance(thing, dict) or not _is_id(thing.get("epcClass")):
        return None
    values = {"item_id": thing["epcClass"], "quantity": _amount(thing.get("quantity")), "uom": _said(thing.get("uom"))}
    return {"item_role": role, "item_kind": "class"} | values


def _event(event: Mapping[str, Any]) -> dict[str, str | None]:
    declared = event.get("errorDeclaration")
    error = declared if isinstance(declared, dict) else {}
    left = {name: value for name, value in event.items() if name not in _USED}
    values = {column: _said(event.get(name)) for column, name in _TEXTS.items()}
    return values | {
        "event_type": _said(event.get("type") or event.get("isA")),
        "event_at": utc_text(event.get("eventTime")),
        "biz_step": _word(event.get("bizStep")),
        "disposition": _word(event.get("disposition")),
        "read_point": _identity(event.get("readPoint")),
        "biz_location": _identity(event.get("bizLocation")),
        "transactions": json.dumps(event["bizTransactionList"]) if event.get("bizTransactionList") else None,
        "error_declared_at": utc_text(error.get("declarationTime")),
        "error_reason": _said(error.get("reason")),
        "other_fields": json.dumps(left, ensure_ascii=False) if left else None,
    } | _ends(event, "source") | _ends(event, "destination")  # fmt: skip


def _ends(event: Mapping[str, Any], end: str) -> dict[str, str | None]:
    listed = event.get(f"{end}List")
    ends = [entry for entry in listed if isinstance(entry, dict)] if isinstance(listed, list) else []
    said = {_word(entry.get("type")): _identity(entry.get(end)) for entry in ends}
    names = {"owner": "owning_party", "possessor": "possessing_party", "location": "location"}
    return {f"{end}_{column}": said.get(word) for column, word in names.items()}


def _identity(sent: Any) -> str | None:
    return _said(sent.get("id")) if isinstance(sent, dict) else _said(sent)


def _word(sent: Any) -> str | None:
    text = _said(sent)
    found = _WORD.fullmatch(text) if text else None
    return found.group(1) if found else text


def _is_id(sent: Any) -> bool:
    return _said(sent) is not None and not isinstance(sent, Number)


def _amount(sent: Any) -> str | None:
    # Anything but a number stays as sent, so that the type of its column names it.
    return None if sent is None else str(sent)


def _said(sent: Any) -> str | None:
    return sent if isinstance(sent, str) and sent.strip() else None

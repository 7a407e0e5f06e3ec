"""Edges of bills of material in Catena-X data: who is built into what, as the parent or the child says it.

Aspects stand in test data containers under their model's URN, alone as one submodel, or as relationships of the item
relationship service. The lists of neighbours that containers repeat beside the aspects are no edges of their own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingestion.formats.json_text import read_json
from ingestion.formats.moments import utc_text
from ingestion.records import Record, Rejected

_ASPECT = re.compile(r"urn:[bs]amm:io\.catenax\.(\w+):([\d.]+)#\w+")
_PHASE = re.compile(r"as[_ ]?(planned|built|specified|designed|operated|maintained|recycled|developed|supported)", re.I)
_LISTS = {"childItems": "parent", "childParts": "parent", "parentParts": "child", "parentItems": "child"}
_SINGLE = {"linkedItem": "parent"}
_IDS = ("catenaXId", "childCatenaXId", "parentCatenaXId")


@dataclass(frozen=True)
class _Stated:
    """One edge as stated: the twin that says it, the item it names, and under which aspect."""

    pointer: str
    twin: str | None
    bpn: str | None
    said_by: str
    item: object
    aspect: str
    version: str | None


def holds_edges(path: Path) -> bool:
    """Return whether a JSON document states any edge of a bill of material."""
    return next(_edges(read_json(path), "", "", None, None), None) is not None


def read_edges(path: Path) -> Iterator[Record | Rejected]:
    """Yield one record per stated edge, under its JSON pointer; parts are named where the document describes them."""
    document = read_json(path)
    parts = dict(_parts(document, None))
    for number, stated in enumerate(_edges(document, "", "", None, None), start=1):
        yield _row(number, stated, parts)


def _edges(node: Any, pointer: str, aspect: str, version: str | None, bpn: str | None) -> Iterator[_Stated]:
    if isinstance(node, list):
        for place, item in enumerate(node):
            yield from _edges(item, f"{pointer}/{place}", aspect, version, bpn)
    if not isinstance(node, dict):
        return
    bpn = _first(node, "bpnl", "bpn") or bpn
    twin = _first(node, "catenaXId")
    for name, value in node.items():
        where = f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}"
        if name in _LISTS and isinstance(value, list) and twin:
            for place, item in enumerate(value):
                yield _Stated(f"{where}/{place}", twin, bpn, _LISTS[name], item, aspect, version)
        elif name in _SINGLE and twin:
            yield _Stated(where, twin, bpn, _SINGLE[name], value, aspect, version)
        # A job of the relationship service repeats in its submodels what stands in its relationships.
        elif not (name == "submodels" and node.get("relationships")):
            model = _ASPECT.fullmatch(name)
            inner, edition = (model.group(1), model.group(2)) if model else (aspect, version)
            yield from _edges(value, where, inner, edition, bpn)


def _parts(node: Any, bpn: str | None) -> Iterator[tuple[str, dict[str, str | None]]]:
    if isinstance(node, dict):
        bpn = _first(node, "bpnl", "bpn") or bpn
        about, twin = node.get("partTypeInformation"), _first(node, "catenaXId")
        if isinstance(about, dict) and twin:
            part = _first(about, "manufacturerPartId"), _first(about, "nameAtManufacturer")
            yield twin, {"part_id": part[0], "part_name": part[1], "bpn": bpn}
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _parts(child, bpn)


def _row(number: int, stated: _Stated, parts: Mapping[str, Mapping[str, str | None]]) -> Record | Rejected:
    item = stated.item
    if not isinstance(item, dict):
        fix = "send each item as an object with catenaXId and quantity"
        raw = json.dumps(item, ensure_ascii=False)[:4000]
        return Rejected(number, stated.pointer, "not_an_item", "an item of the bill of material is no object", fix, raw)
    other = _first(item, *_IDS)
    parent, child = (stated.twin, other) if stated.said_by == "parent" else (other, stated.twin)
    values: dict[str, str | None] = {"parent_id": parent, "child_id": child, "stated_by": stated.said_by}
    for role, twin in (("parent", parent), ("child", child)):
        known = parts.get(twin or "", {})
        said = stated.bpn if role == stated.said_by else _first(item, "businessPartner", "bpn")
        values |= {f"{role}_{name}": known.get(name) for name in ("part_id", "part_name")}
        values[f"{role}_bpn"] = said or known.get("bpn")
    return Record(number, stated.pointer, values | _quantity(item.get("quantity")) | _context(stated, item))


def _quantity(sent: object) -> dict[str, str | None]:
    if not isinstance(sent, dict):
        return {"quantity": str(sent) if isinstance(sent, str) else None, "unit": None}
    unit = next((sent[name] for name in ("unit", "measurementUnit") if sent.get(name)), None)
    unit = (unit.get("lexicalValue") or unit.get("id")) if isinstance(unit, dict) else unit
    return {
        "quantity": _first(sent, "value", "quantityNumber"),
        "unit": str(unit).removeprefix("unit:") if unit else None,
    }


def _context(stated: _Stated, item: Mapping[str, Any]) -> dict[str, str | None]:
    said = _PHASE.search(stated.aspect) or _PHASE.search(str(item.get("lifecycleContext") or ""))
    built = "as_built" if stated.aspect == "assembly_part_relationship" else None
    period = item.get("validityPeriod")
    valid = period if isinstance(period, dict) else {}
    return {
        "lifecycle_phase": f"as_{said.group(1).lower()}" if said else built,
        "aspect": stated.aspect or None,
        "aspect_version": stated.version,
        "valid_from_at": utc_text(valid.get("validFrom")),
        "valid_to_at": utc_text(valid.get("validTo")),
        "created_at": utc_text(_first(item, "createdOn", "assembledOn")),
        "modified_at": utc_text(_first(item, "lastModifiedOn")),
    }


def _first(fields: Mapping[str, Any], *names: str) -> str | None:
    found = (fields[name] for name in names if isinstance(fields.get(name), str))
    return next((value for value in found if value not in ("", "null")), None)

"""The VSME report as xBRL-JSON (OIM, xbrl.org/2021/xbrl-json): the same facts as in the digital template, one by one.

Prefixes of names are resolved by their words behind the colon, as report tools choose prefixes freely. An interval is
written with the midnight after its last day, an instant with the midnight after the day it means.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from ingestion.formats.vsme_book import valid_id
from ingestion.formats.vsme_concepts import MEMBER_AXIS, SITE_AXIS, kind_of
from ingestion.formats.vsme_values import DoesNotFit, canonical
from ingestion.records import Record, Rejected

_DOCUMENT = re.compile(r"https?://(www\.)?xbrl\.org/.*xbrl-json")
_TAXONOMY = re.compile(r"/vsme/(\d{4}-\d{2}-\d{2})", re.IGNORECASE)
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}:\d{2}(?:\.0+)?Z?)?")
_CORE = frozenset({"concept", "entity", "period", "unit", "language", "noteId"})
_UNITS = {
    "mwh": "MWh",
    "kg": "kg",
    "t": "t",
    "m3": "m3",
    "sqm": "m2",
    "ha": "ha",
    "l": "l",
    "tco2e": "t CO2e",
    "h": "h",
}
_FIX = "export the report again as xBRL-JSON"


def is_report(document: object) -> bool:
    """Return whether a document is xBRL-JSON that holds at least one fact of the VSME taxonomy."""
    if not isinstance(document, Mapping) or not isinstance(document.get("facts"), Mapping):
        return False
    info = document.get("documentInfo")
    is_oim = isinstance(info, Mapping) and bool(_DOCUMENT.match(str(info.get("documentType"))))
    return is_oim and isinstance(info, Mapping) and _taxonomy(info) is not None


def read_facts(document: Mapping[str, Any]) -> Iterator[Record | Rejected]:
    """Yield one record per fact, under its JSON pointer; a fact without concept, entity or period is rejected."""
    taxonomy = _taxonomy(document["documentInfo"])
    facts = document["facts"]
    # As in the template: the answer to how employees were counted.
    counts_fte = any("FTE" in str(f.get("value")) for f in facts.values() if _is_about(f, "TypeOfNumberOfEmployees"))
    for number, (name, fact) in enumerate(facts.items(), start=1):
        pointer = f"/facts/{name}"
        try:
            yield Record(number, pointer, _values(fact, "fte" if counts_fte else "persons") | {"method": taxonomy})
        except DoesNotFit as reason:
            raw = json.dumps(fact, ensure_ascii=False)[:1000]
            yield Rejected(number, pointer, "value_does_not_fit", f"{pointer}: expected {reason}", _FIX, raw)


def _taxonomy(info: Mapping[str, Any]) -> str | None:
    named = json.dumps([info.get("taxonomy"), info.get("namespaces")])
    if "vsme" not in named.casefold():
        return None
    found = _TAXONOMY.search(named)
    return f"VSME taxonomy {found.group(1)}" if found else "VSME taxonomy"


def _is_about(fact: object, concept: str) -> bool:
    dimensions = fact.get("dimensions") if isinstance(fact, Mapping) else None
    return isinstance(dimensions, Mapping) and _local(dimensions.get("concept")) == concept


def _local(name: object) -> str:
    return str(name).rpartition(":")[2]


def _values(fact: object, people: str) -> dict[str, str | None]:
    sent = fact.get("dimensions") if isinstance(fact, Mapping) else None
    if not isinstance(fact, Mapping) or not isinstance(sent, Mapping) or "concept" not in sent:
        raise DoesNotFit("a fact with dimensions and a concept")
    concept = _local(sent["concept"])
    kind, unit = kind_of(concept)
    value = _value(kind, fact.get("value"))
    axes = {_local(axis): _local(member) for axis, member in sent.items() if axis not in _CORE}
    member = next((member for member in axes.values() if member in MEMBER_AXIS), None)
    first, last = _period(sent.get("period"))
    site = axes.get(SITE_AXIS)
    is_zero = kind == "number" and value is not None and not value.strip("0.")
    return {
        "entity_id": valid_id(_local(sent.get("entity") or "")), "site_id": valid_id(site) if site else None,
        "question_id": f"{concept}|{member}" if member else concept,
        "item": ";".join(f"{axis}={member}" for axis, member in sorted(axes.items())) or None,
        "value": value, "value_state": "unknown" if value is None else "zero" if is_zero else "value",
        "data_tier": "2", "period_start": first.isoformat(), "period_end": last.isoformat(),
    } | _unit(sent.get("unit"), kind, unit, people)  # fmt: skip


def _value(kind: str, value: object) -> str | None:
    if value is None:
        return None
    if kind == "choices":
        return "\n".join(part.rpartition("#")[2] for part in str(value).split()) if "#" in str(value) else str(value)
    return canonical(kind, str(value))


def _unit(sent: object, kind: str, ours: str, people: str) -> dict[str, str | None]:
    """Return unit and currency; a unit of another dimension than the concept's is refused, not converted."""
    if kind != "number":
        return {"unit": None, "currency": None}
    parts = [_local(part) for part in str(sent or "").split("/")]
    currency = next((_local(part) for part in str(sent or "").split("/") if "iso4217" in part), None)
    if ours.endswith("money"):
        if currency is None:
            raise DoesNotFit("an amount of money with a unit such as iso4217:EUR")
        return {"unit": currency if ours == "money" else None, "currency": currency}
    if parts[0].casefold() in ("", "pure"):
        if ours in ("MWh", "t CO2e", "m3", "_unit"):
            raise DoesNotFit(f"a unit beside the value, such as {'utr:' + ours if ours != '_unit' else 'utr:kg'}")
        return {"unit": people if ours == "employees" else ours or None, "currency": None}
    return {"unit": _UNITS.get(parts[0].casefold(), parts[0]), "currency": None}


def _period(sent: object) -> tuple[date, date]:
    moments = str(sent or "").split("/")
    days = [_MOMENT.fullmatch(moment) for moment in moments]
    if not 1 <= len(days) <= 2 or None in days:
        raise DoesNotFit("a period such as 2025-01-01T00:00:00/2026-01-01T00:00:00")
    try:
        found = [date.fromisoformat(day.group(1)) for day in days if day]
    except ValueError as error:
        raise DoesNotFit("days that exist") from error
    # A day without time is itself meant; midnight is the end of the day before.
    ends = days[-1]
    last = found[-1] - timedelta(days=1) if ends and ends.group(2) else found[-1]
    return (found[0] if len(found) == 2 else last), last

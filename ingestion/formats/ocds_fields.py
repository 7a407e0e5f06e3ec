"""Parts of an OCDS release: objects and lists as they should be, organisations, classifications, amounts, dates."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from ingestion.formats.strategic_aims import joined

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?=$|[T ])")
_CPV = re.compile(r"([0-9]{8})(-[0-9])?")
_CODE = re.compile(r"[A-Za-z]{2,3}")


class WrongShape(ValueError):
    """A field holds another kind of value than OCDS says; the message names it."""


def mapping(holder: dict[str, Any], name: str) -> dict[str, Any]:
    """Return an object, empty where there is none. Raises `WrongShape`."""
    value = holder.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise WrongShape(f"{name} is no object")
    return value


def listed(holder: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """Return a list of objects, empty where there is none; null entries are left out. Raises `WrongShape`."""
    value = holder.get(name)
    if value is None:
        return []
    if not isinstance(value, list) or any(not isinstance(entry, dict | None) for entry in value):
        raise WrongShape(f"{name} is no list of objects")
    return [entry for entry in value if entry is not None]


def texts(holder: dict[str, Any], name: str) -> list[str]:
    """Return a list of texts; one bare text counts as a list of one. Raises `WrongShape`."""
    value = holder.get(name)
    values = value if isinstance(value, list) else [value]
    if any(not isinstance(entry, str | None) for entry in values):
        raise WrongShape(f"{name} is no list of texts")
    return [str(entry) for entry in values if entry]


def text(holder: dict[str, Any], name: str) -> str | None:
    """Return a text or number as text. Raises `WrongShape` for an object or list."""
    value = holder.get(name)
    if isinstance(value, dict | list):
        raise WrongShape(f"{name} is no text")
    if isinstance(value, bool):
        return str(value).lower()
    return None if value is None else str(value).strip() or None


def day(holder: dict[str, Any], name: str) -> str | None:
    """Return the day of a date-time as published, in its own time zone; anything else stays as sent."""
    sent = text(holder, name)
    found = _DAY.match(sent) if sent else None
    return found.group(0) if found else sent


def organisation(reference: dict[str, Any], parties: list[dict[str, Any]]) -> dict[str, str | None]:
    """Return id, scheme, name and country of a reference, from the party with its id or, in 1.0, from itself."""
    own = text(reference, "id")
    party = next((p for p in parties if own is not None and text(p, "id") == own), reference)
    identifier = mapping(party, "identifier") or mapping(reference, "identifier")
    address = mapping(party, "address") or mapping(reference, "address")
    found = text(identifier, "id")
    name = text(party, "name") or text(reference, "name") or text(identifier, "legalName")
    country = text(address, "countryCode") or text(address, "country") or text(address, "countryName")
    return {
        "id": found or own, "scheme": text(identifier, "scheme") if found else own and "party_id", "name": name,
        "country": country.upper() if country and _CODE.fullmatch(country) else country,
    }  # fmt: skip


def labelled(scheme: str | None, code: str | None) -> str | None:
    """Return an identifier with its scheme in front, if it has one."""
    return f"{scheme}:{code}" if scheme and code else code


def classifications(items: Iterable[dict[str, Any]]) -> dict[str, str | None]:
    """Return the CPV codes (the first main one, then all others) and every code of another scheme, of some items."""
    main: list[str] = []
    more: list[str] = []
    others: list[str | None] = []
    for item in items:
        first = mapping(item, "classification")
        for entry in (first, *listed(item, "additionalClassifications")):
            scheme, code = text(entry, "scheme"), text(entry, "id")
            cpv = _CPV.fullmatch(code) if code and scheme and scheme.upper() == "CPV" else None
            if cpv:
                (main if entry is first else more).append(cpv.group(1))
            else:
                others.append(labelled(scheme, code))
    codes = dict.fromkeys([*main, *more])
    head = next(iter(codes), None)
    return {
        "cpv_main": head,
        "cpv_additional": joined(code for code in codes if code != head),
        "other_classifications": joined(others),
    }


def money(holder: dict[str, Any], prefix: str, withheld: bool = False) -> dict[str, str | None]:
    """Return amount, currency and state of `value` under names with a prefix; the currency alone is no value."""
    value = mapping(holder, "value")
    amount = text(value, "amount")
    state = "stated" if amount else "withheld" if withheld else "absent"
    return {
        f"{prefix}_value": amount,
        f"{prefix}_currency": text(value, "currency") if amount else None,
        f"{prefix}_value_state": state,
    }

"""Elements of an eForms notice: paths, texts in the notice's language, codes of a list, amounts, withheld fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingestion.formats.strategic_aims import WITHHELD, Answers, joined

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_EFORMS = "http://data.europa.eu/p27/eforms-ubl-extension"
NAMES = {
    "cac": f"{_UBL}CommonAggregateComponents-2",
    "cbc": f"{_UBL}CommonBasicComponents-2",
    "ext": f"{_UBL}CommonExtensionComponents-2",
    "efac": f"{_EFORMS}-aggregate-components/1",
    "efbc": f"{_EFORMS}-basic-components/1",
    "efext": f"{_EFORMS}s/1",
}
EXTENSION = "ext:UBLExtensions/ext:UBLExtension/ext:ExtensionContent/efext:EformsExtension"
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(Z|[+-][0-9]{2}:[0-9]{2})?")
# What a published notice writes in place of a withheld number.
_NO_AMOUNT = re.compile(r"-1(\.0*)?")


def every(element: Element, path: str) -> list[Element]:
    """Return all elements at a path with the usual prefixes."""
    return element.findall(path, NAMES)


def text(element: Element | None, path: str) -> str | None:
    """Return the first text at a path, None if there is none or it is withheld."""
    found = None if element is None else element.find(path, NAMES)
    value = (found.text or "").strip() if found is not None else ""
    return value if value and value != WITHHELD else None


def is_unpublished(element: Element | None, path: str) -> bool:
    """Tell whether the notice writes "unpublished" in place of a text."""
    return element is not None and any((found.text or "").strip() == WITHHELD for found in every(element, path))


def in_language(element: Element | None, path: str, language: str | None) -> tuple[str | None, str | None]:
    """Return a text in the wanted language, else without one, else the first; and the language it is in."""
    found = [] if element is None else [(e.get("languageID"), (e.text or "").strip()) for e in every(element, path)]
    told = [(code, value) for code, value in found if value and value != WITHHELD]
    for wanted in (language, None):
        for code, value in told:
            if code == wanted:
                return value, code or language
    return (told[0][1], told[0][0]) if told else (None, None)


def day(value: str | None) -> str | None:
    """Return the day of an XML date without its time zone; anything else stays as sent."""
    found = _DAY.fullmatch(value) if value else None
    return found.group(1) if found else value


def answers(element: Element | None, path: str, list_name: str) -> Answers:
    """Return the codes of one list at a path; a privacy mark beside a code makes the field withheld."""
    codes: list[str] = []
    withheld = False
    for holder in [] if element is None else every(element, path):
        for child in holder:
            if child.get("listName") == list_name:
                codes.append((child.text or "").strip())
                withheld = withheld or bool(withheld_in(holder))
    return Answers(tuple(code for code in dict.fromkeys(codes) if code), withheld)


def withheld_in(element: Element | None) -> frozenset[str]:
    """Return the identifiers of all fields that a part of the notice withholds."""
    return frozenset(_withheld(element)) if element is not None else frozenset()


def _withheld(element: Element) -> Iterator[str]:
    for mark in element.iter(f"{{{NAMES['efac']}}}FieldsPrivacy"):
        yield text(mark, "efbc:FieldIdentifierCode") or "unnamed"


def amount(element: Element | None, path: str, prefix: str, field: str | None = None) -> dict[str, str | None]:
    """Return value, currency and state of an amount; `field` is the identifier under which it may be withheld."""
    found = None if element is None else element.find(path, NAMES)
    value = (found.text or "").strip() if found is not None else ""
    currency = found.get("currencyID") if found is not None else None
    # A notice before its publication still holds what it withholds: the mark counts, not the number.
    hidden = field is not None and field in withheld_in(element)
    if hidden or _NO_AMOUNT.fullmatch(value) or WITHHELD in (value, currency):
        return {f"{prefix}_value_state": "withheld"}
    if not value:
        return {f"{prefix}_value_state": "absent"}
    return {f"{prefix}_value": value, f"{prefix}_currency": currency, f"{prefix}_value_state": "stated"}


def cpv_codes(lot: Element) -> dict[str, str | None]:
    """Return main and additional CPV codes of a lot or of the procedure, and the codes of any other list."""
    code = "CommodityClassification/cbc:ItemClassificationCode"
    sent = [*every(lot, f"cac:ProcurementProject/cac:Main{code}"),
            *every(lot, f"cac:ProcurementProject/cac:Additional{code}")]  # fmt: skip
    codes = [(e.get("listName", "cpv"), (e.text or "").strip()) for e in sent]
    cpv = list(dict.fromkeys(value for scheme, value in codes if scheme == "cpv" and value))
    return {
        "cpv_main": cpv[0] if cpv else None, "cpv_additional": joined(cpv[1:]),
        "other_classifications": joined(f"{scheme}:{value}" for scheme, value in codes if scheme != "cpv"),
    }  # fmt: skip

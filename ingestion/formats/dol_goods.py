"""The US Department of Labor's lists as XML: goods with their countries, or country profiles with their goods.

Elements are found by name, whatever namespace an edition uses; elements of the profiles that are not about goods are
left where they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from ingestion.formats.country_names import country_code
from ingestion.formats.xml_text import read_xml
from ingestion.records import Record, Rejected

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_FLAGS = {
    "Child_Labor": "is_child_labour", "Forced_Labor": "is_forced_labour",
    "Forced_Child_Labor": "is_forced_child_labour", "Derived_Labor_Exploitation": "is_derived_exploitation",
}  # fmt: skip
_ROOTS = {"Goods": "dol_goods_xml", "Countries": "dol_countries_xml"}
_EDITIONS = ("Edition", "Report_Year", "Year")


def recognise_goods(path: Path) -> str | None:
    """Return the format by the root and its children."""
    root = read_xml(path)
    name = _ROOTS.get(_name(root))
    child = {"dol_goods_xml": "Good", "dol_countries_xml": "Country"}.get(name or "")
    return name if any(_name(element) == child for element in root) else None


def read_goods(path: Path, form: str) -> Iterator[Record | Rejected]:
    """Yield one record per good and country; `source_ref` names the two elements by their place.

    A good without any country is a `Rejected`; a country profile without goods says nothing about goods.
    """
    root = read_xml(path)
    numbers = count(1)
    head: dict[str, str | None] = {"edition": _text(root, *_EDITIONS)}
    outer, inner = ("Good", "Country") if form == "dol_goods_xml" else ("Country", "Good")
    for place, parent in enumerate((e for e in root if _name(e) == outer), start=1):
        above = head | _said(parent)
        found = [e for group in parent if _name(group) in _ROOTS for e in group if _name(e) == inner]
        for inner_place, element in enumerate(found, start=1):
            own = {name: value for name, value in _said(element).items() if value is not None}
            values = above | own
            values["country"] = country_code(values.get("country_name"))
            yield Record(next(numbers), f"/{outer}[{place}]/{inner}[{inner_place}]", values)
        if not found and outer == "Good":
            yield Rejected(
                next(numbers), f"/{outer}[{place}]", "missing_value", "the good names no country",
                "name the countries in which the good is made so", str(above.get("good"))[:200],
            )  # fmt: skip


def _said(element: Element) -> dict[str, str | None]:
    # In the list a good has a sector and a country a region; in the profiles the names differ.
    is_country = _name(element) == "Country"
    named: dict[str, str | None] = (
        {
            "country_name": _text(element, "Country_Name", "Name"),
            "country_region": _text(element, "Country_Region", "Region"),
        }
        if is_country
        else {"good": _text(element, "Good_Name", "Name"), "sector": _text(element, "Good_Sector", "Sector")}
    )
    flags = {ours: _text(element, theirs) for theirs, ours in _FLAGS.items()}
    # "No", or the country whose labour stands behind the good.
    derived = _text(element, "Derived_Country")
    return named | flags | {"derived_country": None if derived == "No" else derived}


def _text(element: Element, *names: str) -> str | None:
    for child in element:
        if _name(child) in names:
            return " ".join((child.text or "").split()) or None
    return None


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]

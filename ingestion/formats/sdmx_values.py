"""What the index keys of an SDMX-JSON message stand for: dimensions, attributes and the value of one observation."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ingestion.formats.json_text import Number

_TIME = ("TIME_PERIOD", "TIME")
_UNIT = ("UNIT_MEASURE", "unit", "UNIT")
_OWN = ("OBS_STATUS", "OBS_FLAG", "UNIT_MULT", "DECIMALS", "UNIT_MEASURE")
_YEAR = re.compile(r"[0-9]{4}")


class SdmxError(ValueError):
    """An observation points outside its structure."""


@dataclass(frozen=True)
class Components:
    """The dimensions and attributes of a structure by where they are attached."""

    dimensions: Mapping[str, Sequence[Mapping[str, Any]]]
    attributes: Mapping[str, Sequence[Mapping[str, Any]]]
    measures: int

    def values(
        self, key: tuple[list[str], list[str]], series_attributes: list[Any], cells: Any, data_set: Mapping[str, Any]
    ) -> dict[str, str | None]:
        """Return the declared columns of one observation; raise `SdmxError` for an index that points nowhere."""
        if not isinstance(cells, list) or not cells:
            raise SdmxError("an observation is no list that starts with its value")
        found = {d["id"]: _only(d) for d in self.dimensions["dataSet"]}
        found |= _dimensions(self.dimensions["series"], key[0]) | _dimensions(self.dimensions["observation"], key[1])
        time = next((found.pop(name) for name in _TIME if name in found), None)
        said = _attributes(self.attributes["dataSet"], data_set.get("attributes") or [])
        said |= _attributes(self.attributes["series"], series_attributes)
        said |= _attributes(self.attributes["observation"], cells[self.measures :])
        return _columns(found, time, said, cells[0])


def components(structure: Mapping[str, Any]) -> Components:
    """Return the components of a structure of either version."""
    dimensions, attributes = structure.get("dimensions") or {}, structure.get("attributes") or {}
    levels = ("dataSet", "series", "observation")
    measures = (structure.get("measures") or {}).get("observation") or []
    return Components(
        {level: dimensions.get(level) or [] for level in levels},
        {level: attributes.get(level) or [] for level in levels},
        max(1, len(measures)),
    )


def _columns(found: Mapping[str, str], time: str | None, said: dict[str, str], value: Any) -> dict[str, str | None]:
    unit = said.get("UNIT_MEASURE") or next((found[name] for name in _UNIT if name in found), None)
    year = _YEAR.match(time or "")
    others = {name: text for name, text in said.items() if name not in _OWN}
    return {
        "series_key": _joined(found),
        "time_period": time,
        "year": year.group() if year else None,
        "obs_value": None if value is None or str(value).lower() == "nan" else str(value),
        "obs_status": said.get("OBS_STATUS") or said.get("OBS_FLAG"),
        "unit_measure": unit,
        "unit_mult": said.get("UNIT_MULT") or found.get("UNIT_MULT"),
        "decimals": said.get("DECIMALS") or found.get("DECIMALS"),
        "attributes": _joined(others) or None,
    }


def _joined(values: Mapping[str, str]) -> str:
    return "|".join(f"{name}={values[name]}" for name in sorted(values))


def _dimensions(dimensions: Sequence[Mapping[str, Any]], key: list[str]) -> dict[str, str]:
    if len(dimensions) != len(key):
        raise SdmxError(f"a key of {len(key)} parts for {len(dimensions)} dimensions")
    return {d["id"]: _value(d, part) for d, part in zip(dimensions, key, strict=True)}


def _only(dimension: Mapping[str, Any]) -> str:
    return _value(dimension, "0")


def _attributes(attributes: Sequence[Mapping[str, Any]], sent: Sequence[Any]) -> dict[str, str]:
    if len(sent) > len(attributes):
        raise SdmxError(f"{len(sent)} attributes where the structure has {len(attributes)}")
    pairs = zip(attributes, sent, strict=False)
    return {a["id"]: _attribute(a, cell) for a, cell in pairs if cell is not None}


def _attribute(attribute: Mapping[str, Any], cell: Any) -> str:
    # 2.0 writes free values in place; indices are numbers in both versions.
    is_index = isinstance(cell, Number) and bool(attribute.get("values"))
    return _value(attribute, cell) if is_index else str(cell)


def _value(component: Mapping[str, Any], index: str) -> str:
    values = component.get("values") or []
    if not index.isdecimal() or int(index) >= len(values):
        raise SdmxError(f"index {index[:20]!r} of {component.get('id')} points nowhere")
    value = values[int(index)]
    if not isinstance(value, dict):
        return str(value)
    return str(next((value[name] for name in ("id", "value", "name") if value.get(name) is not None), ""))

"""SDMX-JSON 1.0 and 2.0 data messages: series or flat observations, whose keys are indices into the structure.

Source: sdmx-json field guides of the SDMX technical working group. In 1.0 there is one `structure`, at the top or under
`data`; in 2.0 a list of `structures`, and a data set names the one that it follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any

from ingestion.formats.json_text import read_json
from ingestion.formats.sdmx_values import SdmxError, components
from ingestion.records import Record, Rejected

_URN = re.compile(r"(?:Dataflow|DataStructure)=([^:()]+):([^:()]+)\(([^()]*)\)")
_PATH = re.compile(r"/(?:dataflow/|data/)([A-Za-z0-9_.@-]+)[/,]([A-Za-z0-9_@$-]+)(?:[/,]([0-9][0-9.]*))?")
_ACTIONS = {
    "Append": "append",
    "Replace": "replace",
    "Delete": "delete",
    "Information": "information",
    "Merge": "merge",
}


def recognise_sdmx(path: Path) -> str | None:
    """Return the format of a data message, by its structure and data sets."""
    document = read_json(path)
    if not isinstance(document, dict):
        return None
    body = document["data"] if isinstance(document.get("data"), dict) else document
    if not isinstance(body.get("dataSets"), list):
        return None
    if isinstance(body.get("structures"), list):
        return "sdmx_json_2"
    return "sdmx_json_1" if isinstance(body.get("structure"), dict) else None


def read_sdmx(path: Path) -> Iterator[Record | Rejected]:
    """Yield one record per observation; `source_ref` is its JSON pointer."""
    document = read_json(path)
    is_nested = isinstance(document.get("data"), dict)
    body, root = (document["data"], "/data") if is_nested else (document, "")
    structures = body["structures"] if "structures" in body else [body["structure"]]
    numbers = count(1)
    for place, data_set in enumerate(body["dataSets"]):
        structure = structures[int(data_set.get("structure", 0))]
        fixed = _flow(structure) | {"action": _ACTIONS.get(data_set.get("action", ""), data_set.get("action"))}
        found = components(structure)
        for pointer, key, attributes, cells in _observations(data_set, f"{root}/dataSets/{place}"):
            number = next(numbers)
            try:
                yield Record(number, pointer, fixed | found.values(key, attributes, cells, data_set))
            except SdmxError as error:
                yield Rejected(
                    number, pointer, "broken_index", str(error),
                    "export the message again; its keys must point into its own structure", str(cells)[:1000],
                )  # fmt: skip


def _observations(
    data_set: Mapping[str, Any], pointer: str
) -> Iterator[tuple[str, tuple[list[str], list[str]], list[Any], Any]]:
    for series_key, series in (data_set.get("series") or {}).items():
        for key, cells in (series.get("observations") or {}).items():
            place = f"{pointer}/series/{series_key}/observations/{key}"
            yield place, (series_key.split(":"), key.split(":")), series.get("attributes") or [], cells
    for key, cells in (data_set.get("observations") or {}).items():
        yield f"{pointer}/observations/{key}", ([], key.split(":")), [], cells


def _flow(structure: Mapping[str, Any]) -> dict[str, str | None]:
    links = [str(link.get(name) or "") for name in ("urn", "href") for link in structure.get("links") or []]
    # A link to the dataflow says more than one to the data structure.
    links.sort(key=lambda text: "Dataflow=" not in text)
    for link in links:
        if found := _URN.search(link) or _PATH.search(link):
            agency, flow, version = found.groups()
            kind = "datastructure" if "DataStructure=" in link else "dataflow"
            return {"structure_kind": kind, "dataflow_agency": agency, "dataflow_id": flow, "dataflow_version": version}
    return {"structure_kind": None, "dataflow_agency": None, "dataflow_id": None, "dataflow_version": None}

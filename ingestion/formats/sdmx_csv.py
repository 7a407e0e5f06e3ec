"""SDMX-CSV 1.0 and 2.0: which column is what, and a row as one observation.

Source: SDMX-CSV field guides of the SDMX technical working group. The order of the columns is part of the standard:
dimensions stand before the value, attributes after it. Columns of labels are named by their place beside the code.
"""

from __future__ import annotations

import pyarrow as pa

from ingestion.formats.sql_session import UNKNOWN, mapped, quoted_name
from ingestion.records import FileRefused

_HEADS = ("STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION", "DATAFLOW", "LAST UPDATE", "SERIES_KEY", "OBS_KEY")
_ATTRIBUTES = ("OBS_STATUS", "OBS_FLAG", "UNIT_MEASURE", "UNIT_MULT", "DECIMALS")
_UNITS = ("UNIT_MEASURE", "unit", "UNIT")
_ACTIONS = {"A": "append", "R": "replace", "D": "delete", "I": "information", "M": "merge"}
_FLOW = r"^\s*([^:()]+):([^:()]+)\(([^()]*)\)"


def name_columns(header: tuple[str, ...]) -> tuple[str, ...]:
    """Return `dimension X`, `attribute X` and `label of X` for the columns that differ between dataflows.

    Raises:
        FileRefused: a file with names beside its codes whose columns do not come in pairs.
    """
    codes = [name.split(":", 1)[0].strip() for name in header]
    if not codes or codes[0].upper() not in ("STRUCTURE", "DATAFLOW") or "OBS_VALUE" not in codes:
        return header
    labels = _labels(codes) if "STRUCTURE_NAME" in codes else {}
    value = codes.index("OBS_VALUE")
    return tuple(
        f"label of {labels[place]}" if place in labels else _named(code, place < value)
        for place, code in enumerate(codes)
    )


def _named(code: str, is_before_value: bool) -> str:
    if code in ("TIME_PERIOD", "OBS_VALUE") or code.upper() in _HEADS:
        return code
    if is_before_value:
        return f"dimension {code}"
    return code if code in _ATTRIBUTES else f"attribute {code}"


def _labels(codes: list[str]) -> dict[int, str]:
    places = [place for place, code in enumerate(codes) if code.upper() not in _HEADS]
    labels = {label: codes[code] for code, label in zip(places[::2], places[1::2], strict=False)}
    taken = {codes[place] for place in labels}
    if len(places) % 2 or taken & {"TIME_PERIOD", "OBS_VALUE"}:
        raise FileRefused(
            "unpaired_labels", "names stand beside codes, but not every code column is followed by its name",
            "export the file with codes only, or with codes and names of every column",
        )  # fmt: skip
    return labels


def read_observations(batch: pa.Table) -> pa.Table:
    """Return a batch of SDMX-CSV rows as observations, still as text; dimensions in the order of their names."""
    sent = batch.column_names
    dimensions, attributes = _listed(sent, "dimension "), _listed(sent, "attribute ")
    flow = "DATAFLOW" if "DATAFLOW" in sent else "STRUCTURE_ID"
    columns = {
        "structure_kind": "lower(trim(\"STRUCTURE\"))" if "STRUCTURE" in sent else "'dataflow'",
        "dataflow_agency": f"regexp_extract(\"{flow}\", '{_FLOW}', 1)",
        "dataflow_id": f"coalesce(nullif(regexp_extract(\"{flow}\", '{_FLOW}', 2), ''), \"{flow}\")",
        "dataflow_version": f"regexp_extract(\"{flow}\", '{_FLOW}', 3)",
        "action": _action() if "ACTION" in sent else "null",
        "series_key": _joined(dimensions, keep_empty=True),
        "time_period": 'trim("TIME_PERIOD")',
        "year": "nullif(regexp_extract(trim(\"TIME_PERIOD\"), '^[0-9]{4}'), '')",
        # NaN is how the standard writes a missing value.
        "obs_value": "case when lower(trim(\"OBS_VALUE\")) <> 'nan' then \"OBS_VALUE\" end",
        "obs_status": _first(sent, "OBS_STATUS", "OBS_FLAG"),
        "unit_measure": _first(sent, "UNIT_MEASURE", *(f"{UNKNOWN}dimension {n}" for n in _UNITS)),
        "unit_mult": _first(sent, "UNIT_MULT", f"{UNKNOWN}dimension UNIT_MULT"),
        "decimals": _first(sent, "DECIMALS", f"{UNKNOWN}dimension DECIMALS"),
        "attributes": _joined(attributes, keep_empty=False),
    }  # fmt: skip
    used = ("dimension ", "attribute ", "label of ")
    return mapped(batch, columns, [n for n in sent if n.removeprefix(UNKNOWN).startswith(used)])


def _listed(sent: list[str], kind: str) -> dict[str, str]:
    prefix = f"{UNKNOWN}{kind}"
    return {name.removeprefix(prefix): name for name in sorted(sent) if name.startswith(prefix)}


def _code(name: str) -> str:
    # A code never holds a colon; what follows one is the label of the code.
    return f"trim(split_part({quoted_name(name)}, ':', 1))"


def _first(sent: list[str], *names: str) -> str:
    found = [f"nullif({_code(name)}, '')" for name in names if name in sent]
    return f"coalesce({', '.join(found)}, null)" if found else "null"


def _action() -> str:
    cases = " ".join(f"when '{code}' then '{name}'" for code, name in _ACTIONS.items())
    return f'case {_code("ACTION")} {cases} else "ACTION" end'


def _joined(columns: dict[str, str], keep_empty: bool) -> str:
    parts = []
    for name, column in columns.items():
        text = _code(column) if keep_empty else f"trim({quoted_name(column)})"
        part = "'" + name.replace("'", "''") + f"=' || {text}"
        parts.append(part if keep_empty else f"case when {text} <> '' then {part} end")
    return f"concat_ws('|', {', '.join(parts)})" if parts else "null"

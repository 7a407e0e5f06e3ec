"""A public benchmark table as statistical data: SDMX-CSV 2.0 with its structure in SDMX-ML 2.1 and 3.0.

Dimensions are the text columns of the table's key, the statistic and the year. Whatever the reason, a withheld figure
has CONF_STATUS C and OBS_STATUS Q, so that nobody learns which cells are the sensitive ones.
"""

import re
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import pandas as pd
from pysdmx.io import write_sdmx
from pysdmx.io.format import Format
from pysdmx.io.pd import PandasDataset
from pysdmx.model import (
    Code,
    Codelist,
    Component,
    Components,
    Concept,
    ConceptScheme,
    DataStructureDefinition,
    DataType,
    Role,
)  # fmt: skip
from pysdmx.model.message import Header

from warehouse.release.companions.about import About
from warehouse.release.tables import Contents

AGENCY = "LIEFERNETZ"
FIGURES = ("weighted_mean", "p10", "p25", "p50", "p75", "p90")
EMPTY = "_Z"  # SDMX: not applicable
_ATTRIBUTES = ("UNIT_MEASURE", "N_BAND", "OBS_STATUS", "CONF_STATUS")


def can_be_sdmx(content: Contents) -> bool:
    """Whether the table holds statistics of cells by period."""
    return {"period_end", "unit", "status", *FIGURES} <= set(content.types)


def write_sdmx_files(about: About, content: Contents, rows: list[dict[str, Any]], folder: Path) -> list[str]:
    """Write data and structures of one table; gives the names of the files."""
    dimensions = [c for c in content.table.grain if not c.startswith("period_")]
    frame = _observations(rows, dimensions)
    structure = _structure(content, dimensions, frame)
    stem = content.table.name
    data = f"{stem}.sdmx.csv"
    write_sdmx(
        PandasDataset(structure=structure.to_schema(), data=frame), Format.DATA_SDMX_CSV_2_0_0, str(folder / data)
    )
    names = [data]
    header = Header(id=f"{about.slug}_{about.version}".replace(".", "_").replace("-", "_"), prepared=_instant(about))
    for form, label in ((Format.STRUCTURE_SDMX_ML_2_1, "2.1"), (Format.STRUCTURE_SDMX_ML_3_0, "3.0")):
        names.append(f"{stem}.structure-{label}.xml")
        write_sdmx(_parts(structure), form, str(folder / names[-1]), header=header)
    return names


def _instant(about: About) -> datetime:
    return datetime.combine(about.created, time(), tzinfo=UTC)


def _observations(rows: list[dict[str, Any]], dimensions: list[str]) -> pd.DataFrame:
    """One observation per cell, statistic and year; columns as the structure names them."""
    wide = pd.DataFrame(rows)
    long = wide.melt(
        id_vars=[*dimensions, "period_end", "unit", "status", "n_band"], value_vars=list(FIGURES),
        var_name="STATISTIC", value_name="OBS_VALUE",
    )  # fmt: skip
    frame = pd.DataFrame({_id(d): [_code(v) for v in long[d]] for d in dimensions})
    frame["STATISTIC"] = long["STATISTIC"].str.upper()
    frame["TIME_PERIOD"] = [str(end)[:4] for end in long["period_end"]]
    frame["OBS_VALUE"] = long["OBS_VALUE"].astype("float64")
    open_cell = long["OBS_VALUE"].notna()
    frame["UNIT_MEASURE"] = long["unit"]
    frame["N_BAND"] = long["n_band"].fillna("")
    frame["OBS_STATUS"] = open_cell.map({True: "A", False: "Q"})
    frame["CONF_STATUS"] = open_cell.map({True: "F", False: "C"})
    return frame.sort_values([*map(_id, dimensions), "STATISTIC", "TIME_PERIOD"], ignore_index=True)


def _id(column: str) -> str:
    return column.removeprefix("dim_").upper()


def _code(value: Any) -> str:
    """A value as an SDMX code: letters, digits, and the signs that codes may have."""
    return re.sub(r"[^A-Za-z0-9_@$-]", "_", str(value)) if value else EMPTY


def _structure(content: Contents, dimensions: list[str], frame: pd.DataFrame) -> DataStructureDefinition:
    described = {_id(column.name): column.description for column in content.table.columns}
    coded = [*map(_id, dimensions), "STATISTIC"]
    parts = [
        _component(d, Role.DIMENSION, _codelist(d, frame), described.get(d, "Statistic of the cell.")) for d in coded
    ]
    parts.append(_component("TIME_PERIOD", Role.DIMENSION, None, "Calendar year.", DataType.PERIOD))
    parts.append(_component("OBS_VALUE", Role.MEASURE, None, "The figure.", DataType.DOUBLE))
    parts += [_component(a, Role.ATTRIBUTE, None, described.get(a, a), DataType.STRING) for a in _ATTRIBUTES]
    return DataStructureDefinition(
        id=content.table.name.upper(), name=content.table.name, agency=AGENCY, version="1.0",
        description=content.table.description, components=Components(parts),
    )  # fmt: skip


def _component(name: str, role: Role, codes: Codelist | None, text: str, kind: DataType | None = None) -> Component:
    # The writer stops at a concept without a URN.
    urn = f"urn:sdmx:org.sdmx.infomodel.conceptscheme.Concept={AGENCY}:CONCEPTS(1.0).{name}"
    concept = Concept(id=name, name=name.replace("_", " ").capitalize(), description=text or name, urn=urn)
    level = "O" if role is Role.ATTRIBUTE else None
    return Component(
        id=name, required=role is Role.DIMENSION, role=role, concept=concept, local_codes=codes, local_dtype=kind,
        attachment_level=level,
    )  # fmt: skip


def _codelist(dimension: str, frame: pd.DataFrame) -> Codelist:
    codes = [Code(id=code, name=code) for code in sorted(frame[dimension].unique())]
    return Codelist(id=f"CL_{dimension}", name=dimension, agency=AGENCY, version="1.0", items=codes)


def _parts(structure: DataStructureDefinition) -> list[Any]:
    """Everything a reader needs to understand the structure without asking anybody."""
    lists = [c.local_codes for c in structure.components if c.local_codes is not None]
    concepts = [c.concept for c in structure.components]
    scheme = ConceptScheme(id="CONCEPTS", name="Concepts", agency=AGENCY, version="1.0", items=concepts)
    return [*lists, scheme, structure]

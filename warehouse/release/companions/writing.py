"""Writes the companions beside the tables of a release."""

from pathlib import Path
from typing import Any

import duckdb
import yaml

from warehouse.release.companions.about import About, rows
from warehouse.release.companions.audit_pack import openlineage, ro_crate
from warehouse.release.companions.catalogue import citation, dcat
from warehouse.release.companions.contract import contract
from warehouse.release.companions.datapackage import NAME as PACKAGE
from warehouse.release.companions.datapackage import datapackage
from warehouse.release.companions.workbook import NAME as WORKBOOK
from warehouse.release.companions.workbook import write_workbook
from warehouse.release.manifest import dump


def write_companions(connection: duckdb.DuckDBPyConnection, about: About, folder: Path) -> list[str]:
    """Write all companions of the tables of one audience; gives their paths inside the release.

    `folder` is the folder of the release. Analysts get the package alone: what else there is describes publications.
    """
    if not about.tables:
        return []
    place = folder / about.folder
    names = [PACKAGE]
    (place / PACKAGE).write_text(dump(datapackage(about, place)), encoding="utf-8")
    if about.folder == "public":
        names += _public(connection, about, place)
    return [f"{about.folder}/{name}" for name in names]


def write_audit_pack(about: About, run: str, deliveries: list[dict[str, Any]], folder: Path) -> list[str]:
    """Write how the release was made, for auditors; call it when everything else is written."""
    files = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    contents = {
        "openlineage.json": openlineage(about, run, deliveries),
        "ro-crate-metadata.json": ro_crate(about, files, deliveries),
    }
    for name, content in contents.items():
        (folder / name).write_text(dump(content), encoding="utf-8")
    return list(contents)


def _public(connection: duckdb.DuckDBPyConnection, about: About, place: Path) -> list[str]:
    # The library of statistical formats takes a quarter of a second to load: only a publication needs it.
    from warehouse.release.companions.sdmx import can_be_sdmx, write_sdmx_files

    write_workbook(connection, about, place / WORKBOOK)
    files = [f"{c.table.name}.{suffix}" for c in about.tables for suffix in ("csv", "parquet")]
    texts = {
        "CITATION.cff": yaml.safe_dump(citation(about), sort_keys=False, allow_unicode=True),
        "dcat.ttl": dcat(about, [*files, WORKBOOK]),
    }
    for content in about.tables:
        document = yaml.safe_dump(contract(about, content), sort_keys=False, allow_unicode=True, width=110)
        texts[f"{content.table.name}.odcs.yaml"] = document
    for name, text in texts.items():
        (place / name).write_text(text, encoding="utf-8")
    sdmx = [
        name
        for content in about.tables
        if can_be_sdmx(content)
        for name in write_sdmx_files(about, content, rows(connection, content), place)
    ]
    return [WORKBOOK, *texts, *sdmx]

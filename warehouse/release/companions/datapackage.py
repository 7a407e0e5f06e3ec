"""Data Package 2.0 (https://datapackage.org/standard/): files with bytes, hashes, fields, keys and meanings."""

from pathlib import Path
from typing import Any

from warehouse.archive import file_sha256
from warehouse.release.companions.about import REVISIONS, WARNING, About, columns
from warehouse.release.tables import Contents

NAME = "datapackage.json"
_TYPES = {"VARCHAR": "string", "DOUBLE": "number", "FLOAT": "number", "BOOLEAN": "boolean", "DATE": "date"}


def datapackage(about: About, folder: Path) -> dict[str, Any]:
    """The descriptor of the CSV files in `folder`."""
    package: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": f"{about.slug}-{about.folder}",
        "title": about.title,
        "description": f"{WARNING} {REVISIONS}" if about.folder == "public" else f"Not for publication. {REVISIONS}",
        "version": about.version,
        "created": f"{about.created.isoformat()}T00:00:00Z",
        "contributors": [{"title": about.network, "roles": ["publisher"]}],
        "resources": [_resource(content, folder) for content in about.tables],
    }
    if about.licence:
        package["licenses"] = [{"name": about.licence}]
    return package


def _resource(content: Contents, folder: Path) -> dict[str, Any]:
    path = folder / f"{content.table.name}.csv"
    return {
        "name": content.table.name,
        "type": "table",
        "path": path.name,
        "description": content.table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{file_sha256(path)}",
        "schema": {
            "fields": [
                {"name": column.name, "description": column.description} | _field(kind)
                for column, kind in columns(content)
            ],
            "missingValues": [""],
        }
        | ({"primaryKey": list(content.table.grain)} if content.table.grain else {}),
    }


def _field(kind: str) -> dict[str, str]:
    """The field type of a column type; a time stamp is written as DuckDB writes it."""
    if kind.startswith("TIMESTAMP"):
        return {"type": "datetime", "format": "any"}
    if kind.startswith("DECIMAL"):
        return {"type": "number"}
    return {"type": "integer" if kind.endswith(("INT", "INTEGER")) else _TYPES.get(kind, "string")}

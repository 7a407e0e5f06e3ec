"""Data contract of a public table: Open Data Contract Standard 3.1.0 (https://bitol-io.github.io/open-data-contract-standard/)."""

from typing import Any

from warehouse.release.companions.about import REVISIONS, WARNING, About, columns
from warehouse.release.tables import Contents

_TYPES = {"VARCHAR": "string", "DOUBLE": "number", "FLOAT": "number", "BOOLEAN": "boolean", "DATE": "date"}


def contract(about: About, content: Contents) -> dict[str, Any]:
    """The contract of one table as plain data for YAML."""
    table = content.table
    return {
        "apiVersion": "v3.1.0",
        "kind": "DataContract",
        "id": f"{about.slug}-{table.name}",
        "name": table.name,
        "version": about.version,
        "status": "active",
        "description": {"purpose": table.description, "limitations": WARNING, "usage": REVISIONS},
        "servers": [{"server": "release", "type": "local", "path": f"{table.name}.parquet", "format": "parquet"}],
        "schema": [
            {
                "name": table.name,
                "physicalType": "table",
                "description": table.description,
                "properties": [_property(content, i) for i in range(len(content.types))],
            }
        ],
    }


def _property(content: Contents, position: int) -> dict[str, Any]:
    column, kind = columns(content)[position]
    logical = "integer" if kind.endswith(("INT", "INTEGER")) else _TYPES.get(kind, "number")
    entry: dict[str, Any] = {
        "name": column.name,
        "logicalType": "timestamp" if kind.startswith("TIMESTAMP") else logical,
        "physicalType": kind,
        "description": column.description,
        "required": column.name in content.table.grain,
    }
    if column.name in content.table.grain:
        entry |= {"primaryKey": True, "primaryKeyPosition": content.table.grain.index(column.name) + 1}
    return entry

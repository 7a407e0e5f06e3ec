"""Which tables a release may contain, for whom, and what their columns mean: read from the dbt project.

An exposure names the audience (`meta.audience`: analyst or association) and whether the table must have rows
(`meta.required`); the YAML beside the model describes table, grain and columns. Nothing about them is said twice.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from warehouse.settings import Settings

ANALYST, ASSOCIATION = "analyst", "association"
# The C parser is ten times as fast, and there are many models.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_REF = re.compile(r"ref\(\s*['\"](\w+)['\"]\s*\)")
_GRAIN_TEST = re.compile(r"(?:^|\.)(?:grain|unique_grain|unique_combination\w*|is_grain|unique_key)$")


class UndeclaredTable(Exception):
    """The dbt project declares a public table in a way nobody can publish; the message says what to write."""


@dataclass(frozen=True)
class Column:
    """A column of a public table as the contract of the model states it."""

    name: str
    data_type: str
    description: str


@dataclass(frozen=True)
class PublicTable:
    """A table of a release: who may see it, whether it must have rows, its grain and its columns."""

    name: str
    audience: str
    description: str
    required: bool
    columns: list[Column]
    grain: tuple[str, ...] = ()


def public_tables(settings: Settings) -> list[PublicTable]:
    """All public tables, sorted by name; raises `UndeclaredTable` if an exposure and its model disagree."""
    documents = list(_documents(settings.dbt_project / "models" / "marts"))
    models = {model["name"]: model for document in documents for model in document.get("models") or []}
    found: dict[str, PublicTable] = {}
    for document in documents:
        for exposure in document.get("exposures") or []:
            for table in _tables(exposure, models):
                found[table.name] = table
    if not found:
        raise UndeclaredTable("No exposure names a public table: declare it in models/marts/exposures.yml.")
    return [found[name] for name in sorted(found)]


def _documents(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.rglob("*.yml")):
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - a safe loader
        if isinstance(content, dict):
            yield content


def _meta(node: dict[str, Any]) -> dict[str, Any]:
    return {**(node.get("meta") or {}), **((node.get("config") or {}).get("meta") or {})}


def _tables(exposure: dict[str, Any], models: dict[str, dict[str, Any]]) -> Iterator[PublicTable]:
    meta = _meta(exposure)
    audience = meta.get("audience")
    if audience not in (ANALYST, ASSOCIATION):
        raise UndeclaredTable(f"Exposure {exposure['name']}: meta.audience must be analyst or association.")
    required = meta.get("required", False)
    for name in _REF.findall(" ".join(str(entry) for entry in exposure.get("depends_on") or [])):
        if name not in models:
            raise UndeclaredTable(f"Exposure {exposure['name']} names {name}, which has no YAML beside its model.")
        model = models[name]
        must = name in required if isinstance(required, list) else bool(required)
        yield PublicTable(name, audience, _text(model), must, _columns(model), _grain(model))


def _text(node: dict[str, Any]) -> str:
    return " ".join(str(node.get("description") or "").split())


def _columns(model: dict[str, Any]) -> list[Column]:
    columns = model.get("columns") or []
    if not columns:
        raise UndeclaredTable(f"Model {model['name']} is public and lists no columns: write them into its YAML.")
    return [Column(c["name"], str(c.get("data_type") or "").upper(), _text(c)) for c in columns]


def _grain(model: dict[str, Any]) -> tuple[str, ...]:
    """The key of the table: `meta.grain`, else the columns of its grain test, else the unique column."""
    declared = _meta(model).get("grain")
    if declared:
        return tuple(declared)
    for test in model.get("data_tests") or model.get("tests") or []:
        name, body = next(iter(test.items())) if isinstance(test, dict) else (str(test), {})
        arguments = {**(body or {}), **((body or {}).get("arguments") or {})}
        for key in ("columns", "combination_of_columns", "grain"):
            if _GRAIN_TEST.search(name) and arguments.get(key):
                return tuple(arguments[key])
    for column in model.get("columns") or []:
        if "unique" in (column.get("data_tests") or column.get("tests") or []):
            return (column["name"],)
    return ()

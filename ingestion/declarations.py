"""The declarations of all sources: what may arrive, in which shape, under which names.

One YAML file beside each reader says so, read once and strictly: a typo must stop the start, not loosen a rule.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any, cast

import yaml

from warehouse.identifiers import CHECKS

_FOLDER = Path(__file__).parent / "sources"
TYPES = ("id", "text", "code", "country", "currency", "hs", "integer", "decimal", "date", "boolean")
MEDIA = ("csv", "xlsx", "json", "xml", "arrow")
NEEDS = ("must", "should", "may")


class DeclarationError(ValueError):
    """A declaration cannot be used; the message names the file and the entry."""


@dataclass(frozen=True)
class Column:
    """One declared column."""

    name: str
    type: str
    need: str
    codes: tuple[str, ...] | Mapping[str, str] | None = None
    min: float | None = None
    max: float | None = None
    pattern: str | None = None
    typed_as: str | None = None
    checksum: str | None = None  # a kind of `identifiers.CHECKS`; "lei?" only flags, for a publisher's typos
    meaning: str = ""  # one sentence for whoever fills the template

    def __post_init__(self) -> None:
        """Refuse unknown types and needs, and a code without its list."""
        known = self.type in TYPES and self.need in NEEDS and (self.checksum or "lei").rstrip("?") in CHECKS
        if not known or (self.type == "code") != (self.codes is not None):
            raise DeclarationError(f"column {self.name}: unknown type, need or checksum, or a misplaced code list")


@dataclass(frozen=True)
class Table:
    """One landed table of a source; `speaks_for` is the column of the entity whose rows these are."""

    name: str
    grain: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    speaks_for: str | None = None
    examples: Sequence[Mapping[str, Any]] = ()  # rows that the template shows and the intake accepts

    def column(self, name: str) -> Column:
        """Return a declared column."""
        return next(c for c in self.columns if c.name == name)

    @property
    def must(self) -> tuple[str, ...]:
        """Names of the columns without which a file is refused."""
        return tuple(c.name for c in self.columns if c.need == "must")


@dataclass(frozen=True)
class Format:
    """One way in which a table may arrive; `header` lists the publisher's own names, `may_header` optional ones."""

    name: str
    media: str
    table: str
    version: str = "1"
    sheet: str | None = None
    wide: bool = False  # one line of the file holds many rows of the table
    encodings: tuple[str, ...] = ("utf-8-sig",)
    delimiter: str = ","
    decimal: str = "."
    date_format: str | tuple[str, ...] | None = None
    rename: Mapping[str, str] = field(default_factory=dict)
    header: tuple[str, ...] = ()
    may_header: tuple[str, ...] = ()
    ignore_columns: tuple[str, ...] = ()
    constants: Mapping[str, str] = field(default_factory=dict)
    header_aliases: Mapping[str, str] = field(default_factory=dict)
    spellings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # per column, a publisher's words


@dataclass(frozen=True)
class Source:
    """One source: who sends what, how often, and in which formats."""

    name: str
    title: str
    sender: str
    cadence: str
    licence: str
    versions: tuple[str, ...]
    tables: Mapping[str, Table]
    formats: Mapping[str, Format]
    minimum_share: float | None = None


@cache
def declarations() -> dict[str, Source]:
    """Return every declared source by name; raise `DeclarationError` if one cannot be used."""
    return {path.stem: load_source(path) for path in sorted(_FOLDER.glob("*.yml"))}


def load_source(path: Path) -> Source:
    """Read one declaration; raise `DeclarationError`."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    try:
        tables = {name: _table(name, body) for name, body in raw["tables"].items()}
        formats = {name: cast(Format, _build(Format, name, body)) for name, body in raw["formats"].items()}
        _check(path.stem, raw, tables, formats)
        head = {key: str(raw[key]) for key in ("title", "sender", "cadence", "licence")}
        return Source(path.stem, **head, versions=tuple(raw["versions"]), tables=tables, formats=formats,
                      minimum_share=(raw.get("snapshot") or {}).get("minimum_share"))  # fmt: skip
    except (KeyError, TypeError, AttributeError, DeclarationError) as error:
        raise DeclarationError(f"{path.name}: {error!r}") from error


def _table(name: str, body: Mapping[str, Any]) -> Table:
    columns = tuple(_build(Column, column, parts) for column, parts in body["columns"].items())
    return Table(name, body["grain"], tuple(body["key"]), columns, body.get("speaks_for"), body.get("examples", ()))


def _build(shape: Any, name: str, body: Mapping[str, Any]) -> Any:
    unknown = set(body) - {f.name for f in fields(shape)}
    if unknown:
        raise DeclarationError(f"{name}: unknown entry {sorted(unknown)[0]}")
    return shape(name=name, **{key: tuple(value) if isinstance(value, list) else value for key, value in body.items()})


def _check(stem: str, raw: Mapping[str, Any], tables: Mapping[str, Table], formats: Mapping[str, Format]) -> None:
    if raw["source"] != stem:
        raise DeclarationError(f"source {raw['source']} in the file of {stem}")
    for table in tables.values():
        missing = {*table.key, *filter(None, [table.speaks_for])} - {c.name for c in table.columns}
        if missing:
            raise DeclarationError(f"{table.name}: no column {sorted(missing)[0]}, named by key or speaks_for")
    for form in formats.values():
        if form.table not in tables or form.media not in MEDIA or form.version not in map(str, raw["versions"]):
            raise DeclarationError(f"{form.name}: table, media or version is not declared")

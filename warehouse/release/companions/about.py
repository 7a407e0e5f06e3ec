"""What every companion says about a release: names, dates, and the tables it describes."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from warehouse.public_tables import Column
from warehouse.release.tables import FOLDERS, Contents, name

WARNING = (
    "Every figure is an aggregate over company groups and rounded. An empty figure was not published: withheld, or "
    "too few contributors. Never add up, subtract or average cells to estimate one that is withheld."
)
REVISIONS = (
    "A release is never changed. A correction is a new release that names the one before; a release that must not be "
    "used any more is marked as retracted and stays readable."
)


@dataclass(frozen=True)
class About:
    """A release as its companions see it; `tables` are those of one audience."""

    network: str
    version: str
    created: date
    previous: str | None
    tables: list[Contents]
    licence: str | None = None
    public_url: str | None = None

    @property
    def title(self) -> str:
        """Title for citations and catalogues."""
        return f"{self.network}: sustainability and resilience benchmarks"

    @property
    def slug(self) -> str:
        """The name of the network as a part of identifiers."""
        return re.sub(r"[^a-z0-9]+", "-", self.network.lower()).strip("-") or "network"

    @property
    def base(self) -> str:
        """The address under which the public folder of the release stands, else a name that resolves nowhere."""
        if self.public_url:
            return f"{self.public_url.rstrip('/')}/{self.version}/"
        return f"urn:liefernetz:{self.slug}:{self.version}:"

    @property
    def folder(self) -> str:
        """Folder of the tables' audience inside the release."""
        return FOLDERS[self.tables[0].table.audience]


def columns(content: Contents) -> list[tuple[Column, str]]:
    """The columns of a table in the order of the file, each with its type in the database."""
    described = {column.name: column for column in content.table.columns}
    return [(described.get(c, Column(c, kind, "")), kind) for c, kind in content.types.items()]


def rows(connection: duckdb.DuckDBPyConnection, content: Contents) -> list[dict[str, Any]]:
    """The rows of a table in the order of its files."""
    result = connection.execute(f"select * from marts.{name(content.table.name)} order by all")
    names = [column[0] for column in result.description or []]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

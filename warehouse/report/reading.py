"""Reads what the reports need from one release, for one company or for all of them at once."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb

from warehouse.release.manifest import Release, read_json
from warehouse.release.reading import open_release
from warehouse.report import queries
from warehouse.settings import Settings

Row = dict[str, Any]


class UnknownCompany(LookupError):
    """The release knows no such company; the message says how to find one."""


@dataclass(frozen=True)
class Company:
    """All rows of the release that belong to one company."""

    about: Row
    values: list[Row]
    findings: list[Row]
    deliveries: list[Row]
    minutes: float | None

    @property
    def entity_id(self) -> str:
        """The company's own id."""
        return str(self.about["entity_id"])


@dataclass(frozen=True)
class Book:
    """One release as its reports see it."""

    release: Release
    gate: Row
    formulas: dict[str, Row]
    every_id: frozenset[str]
    companies: list[Company]


def read_book(settings: Settings, release: Release, company: str | None = None) -> Book:
    """Read the rows of one company, or of all; raises `UnknownCompany`."""
    with open_release(settings, release.version) as connection:
        _complete(connection)
        known = list(_rows(connection, queries.COMPANIES))
        wanted = [row for row in known if company in (None, row["entity_id"])]
        if not wanted:
            raise UnknownCompany(
                f"Release {release.version} knows no company {company}; `liefernetz query "
                "'select distinct entity_id, name from dim_company'` lists them."
            )
        values = _grouped(connection, queries.VALUES, company)
        findings = _grouped(connection, queries.FINDINGS, company)
        deliveries = _grouped(connection, queries.DELIVERIES, company)
        minutes = _grouped(connection, queries.MINUTES, company) if _asks_minutes(connection) else {}
        formulas = {str(row["kpi_id"]): row for row in _rows(connection, queries.FORMULAS)}
    companies = [
        Company(row, values.get(key, []), findings.get(key, []), deliveries.get(key, []), _minutes(minutes.get(key)))
        for row in wanted
        for key in [str(row["entity_id"])]
    ]
    ids = frozenset(str(row["entity_id"]) for row in known)
    return Book(release, read_json(release.path / "gate.json"), formulas, ids, companies)


def _complete(connection: duckdb.DuckDBPyConnection) -> None:
    """Stand in for the tables that the release left out; the file itself stays read-only."""
    present = {row[0] for row in connection.execute("select table_name from duckdb_tables()").fetchall()}
    for table, columns in queries.TABLES.items():
        if table not in present:
            connection.execute(f"create temp table {table} ({columns})")


def _asks_minutes(connection: duckdb.DuckDBPyConnection) -> bool:
    query = "select 1 from duckdb_columns() where table_name = 'fct_survey_answer' and column_name = 'minutes_spent'"
    return connection.execute(query).fetchone() is not None


def _minutes(rows: list[Row] | None) -> float | None:
    return float(rows[0]["minutes"]) if rows else None


def _rows(connection: duckdb.DuckDBPyConnection, query: str, company: str | None = None) -> Iterator[Row]:
    result = connection.execute(query, {"company": company} if "$company" in query else {})
    names = [column[0] for column in result.description]
    return (dict(zip(names, row, strict=True)) for row in result.fetchall())


def _grouped(connection: duckdb.DuckDBPyConnection, query: str, company: str | None) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in _rows(connection, query, company):
        found[str(row["entity_id"])].append(row)
    return found

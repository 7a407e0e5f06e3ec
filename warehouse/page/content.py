"""What the page may say: released benchmark rows, KPI definitions, and public facts about the release."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

FIGURES = ("n_band", "weighted_mean", "p10", "p25", "p50", "p75", "p90", "coverage", "dq_score")
KEYS = ("kpi_id", "dim_variant", "sector", "period_start", "period_end", "unit", "status")
DEFINITION = ("kpi_id", "kpi_version", "title", "formula", "unit", "direction", "missing_rule", "min_coverage",
              "sources", "sdg_codes", "esrs_codes", "gri_codes", "vsme_codes", "ungc_codes", "oecd_codes")  # fmt: skip


@dataclass(frozen=True)
class Content:
    """Everything on the page; nothing of it comes from a table of analysts but the definitions of the KPIs."""

    network: str
    version: str
    created: str
    software: str
    gate: dict[str, Any]
    before: str | None
    changes: list[dict[str, Any]]
    rows: list[dict[str, Any]]
    kpis: list[dict[str, Any]]
    sectors: dict[str, str]
    files: list[str] = field(default_factory=list)

    @property
    def synthetic(self) -> bool:
        """Whether the network says of itself that it was made up."""
        return "synthetic" in self.network.lower()


def benchmark_rows(connection: duckdb.DuckDBPyConnection, released: Iterable[str]) -> list[dict[str, Any]]:
    """The cells of benchmark_sector in one fixed order; a withheld cell has its keys and nothing else."""
    if "benchmark_sector" not in released:
        return []
    columns = ", ".join((*KEYS, *FIGURES))
    rows = _records(connection, f"select {columns} from marts.benchmark_sector order by all")
    return [row if row["status"] == "ok" else {key: row[key] for key in KEYS} for row in rows]


def kpi_definitions(connection: duckdb.DuckDBPyConnection, released: Iterable[str]) -> list[dict[str, Any]]:
    """The definitions of the KPIs: method, no figures of anybody."""
    if "dim_kpi" not in released:
        return []
    return _records(connection, f"select {', '.join(DEFINITION)} from marts.dim_kpi order by kpi_id")


def sector_names(seeds: Path) -> dict[str, str]:
    """Names of the sectors; empty where the project has no such list."""
    path = seeds / "nace_sectors.csv"
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {row["sector"]: row["sector_name"] for row in csv.DictReader(file)}


def _records(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    result = connection.execute(query)
    names = [column[0] for column in result.description or []]
    return [
        {n: v.isoformat() if isinstance(v, date) else v for n, v in zip(names, row, strict=True)}
        for row in result.fetchall()
    ]

"""What of a draft may stand on the public page; a public file says nothing about tables of analysts."""

from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from warehouse.page import PAGE, write_page
from warehouse.page.content import Content, benchmark_rows, kpi_definitions
from warehouse.public_tables import ASSOCIATION
from warehouse.release.diff import Difference
from warehouse.verdict import PASSED

if TYPE_CHECKING:
    from warehouse.release.assemble import Draft


def write_public_page(
    connection: duckdb.DuckDBPyConnection, draft: "Draft", difference: Difference, folder: Path
) -> dict[str, str]:
    """Write the page where the release has a public table; gives its audience by path, nothing where it has none."""
    if all(content.table.audience != ASSOCIATION for content in draft.contents):
        return {}
    write_page(folder, page_content(connection, draft, difference))
    return {PAGE: ASSOCIATION}


def page_content(connection: duckdb.DuckDBPyConnection, draft: "Draft", difference: Difference) -> Content:
    """The content of the page of a draft."""
    released = [content.table.name for content in draft.contents]
    public = [content.table.name for content in draft.contents if content.table.audience == ASSOCIATION]
    checks = draft.verdict.checks
    rows = benchmark_rows(connection, public)
    present = {row["sector"] for row in rows}
    return Content(
        network=draft.policy.network_name,
        version=draft.version,
        created=draft.created_at.date().isoformat(),
        software=_own_version(),
        gate={"state": draft.verdict.state, "passed": sum(c.outcome == PASSED for c in checks), "ran": len(checks)},
        before=difference.before,
        changes=[asdict(change) for change in difference.tables if change.table in public],
        rows=rows,
        kpis=kpi_definitions(connection, released),
        sectors={code: name for code, name in sorted(draft.sectors.items()) if code in present},
        files=[f"{table}.{suffix}" for table in public for suffix in ("csv", "parquet")],
    )


def _own_version() -> str:
    try:
        return version("liefernetz")
    except PackageNotFoundError:
        return "not installed"

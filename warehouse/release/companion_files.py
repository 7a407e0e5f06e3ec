"""The companions of a draft by audience: catalogue entries and contracts for all, the audit pack for analysts."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from warehouse.public_tables import ANALYST, ASSOCIATION
from warehouse.release.companions import About, write_audit_pack, write_companions

if TYPE_CHECKING:
    from warehouse.release.assemble import Draft


def write_companion_files(connection: duckdb.DuckDBPyConnection, draft: "Draft", folder: Path) -> dict[str, str]:
    """Write the companions of both audiences and the audit pack; gives the audience by path."""
    before, policy = draft.previous.version if draft.previous else None, draft.policy
    about = partial(About, policy.network_name, draft.version, draft.created_at.date(), before)
    found: dict[str, str] = {}
    for audience in (ANALYST, ASSOCIATION):
        tables = [content for content in draft.contents if content.table.audience == audience]
        paths = write_companions(connection, about(tables, policy.licence, policy.public_url), folder)
        found |= dict.fromkeys(paths, audience)
    pack = write_audit_pack(about(draft.contents), draft.verdict.candidate_id, deliveries(connection), folder)
    return found | dict.fromkeys(pack, ANALYST)


def deliveries(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """The deliveries that the candidate was built from."""
    result = connection.execute("select * from landing.deliveries order by received_at, delivery_id")
    names = [column[0] for column in result.description or []]
    rows = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
    return [{k: v.isoformat() if hasattr(v, "isoformat") else v for k, v in row.items()} for row in rows]

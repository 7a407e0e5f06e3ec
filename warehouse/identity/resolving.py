"""Old ids resolve for ever: through the current release, or through the release that last knew them."""

from typing import Any

import duckdb

from warehouse.release.manifest import listing
from warehouse.release.pointer import current
from warehouse.release.reading import open_release
from warehouse.settings import Settings

_TODAY = """
select distinct p.party_id, p.kind, p.name, p.country, p.network_id, p.confidence
from dim_party_record as r inner join dim_party as p on r.party_id = p.party_id
where list_contains(?, r.record_id) order by p.party_id
"""
# All records that were the same party then: what became of them is what became of the id.
_THEN = """
select other.record_id from dim_party_record as own
inner join dim_party_record as other on own.party_id = other.party_id
where own.record_id = ?
"""


def resolved(settings: Settings, old_id: str) -> dict[str, Any] | None:
    """Return the parties of today that an id stands for, and the release that knew it last; None if none ever did.

    More than one party: what the id stood for was split and its own record is gone. No party: nobody names it any more.
    """
    now = current(settings)
    releases = [now, *(r for r in reversed(listing(settings)) if now is None or r.version != now.version)]
    for release in releases:
        records = _asked(settings, release.version, _THEN, old_id) if release else []
        if release and now and records:
            asked = [old_id] if release.version == now.version else [row["record_id"] for row in records]
            parties = _asked(settings, now.version, _TODAY, asked)
            return {"id": old_id, "last_release": release.version, "parties": parties}
    return None


def _asked(settings: Settings, version: str, sql: str, value: str | list[str]) -> list[dict[str, Any]]:
    with open_release(settings, version) as connection:
        try:
            found = connection.execute(sql, [value])
        except duckdb.CatalogException:  # a release from before there were parties
            return []
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

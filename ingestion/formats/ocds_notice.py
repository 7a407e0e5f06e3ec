"""What all rows of an OCDS release share: its identity, its phase, its buyer and its procedure."""

from __future__ import annotations

import re
from typing import Any

from ingestion.formats.ocds_fields import day, listed, mapping, organisation, text, texts
from ingestion.formats.ocds_packages import Release
from ingestion.formats.strategic_aims import joined

# The furthest section that a release speaks about is its phase.
_PHASES = (("implementation", "implementation"), ("contract", "contract"), ("award", "award"), ("tender", "tender"),
           ("planning", "planning"))  # fmt: skip
_TRANSLATED = re.compile(r"(?:title|description)_([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)")


def notice_values(release: Release) -> dict[str, str | None]:
    """Return the columns of the notice, the buyer and the procedure. Raises `WrongShape`."""
    body = release.body
    tender = mapping(body, "tender")
    tags = texts(body, "tag")
    # A compiled release may come without an id; the standard then makes it of ocid and date.
    notice_id = text(body, "id") or joined([text(body, "ocid"), text(body, "date")])
    method = text(tender, "procurementMethod")
    return _buyer(body, tender) | {
        "standard": "ocds", "standard_version": release.version, "notice_id": notice_id,
        "procedure_id": text(body, "ocid"), "procedure_scheme": "ocid", "notice_type": joined(tags),
        "phase": _phase(body, tags), "notice_date": day(body, "date"), "notice_language": text(body, "language"),
        "other_languages": _translations(tender), "procedure_method": method,
        "procedure_method_state": "stated" if method else "absent",
        "procedure_details": text(tender, "procurementMethodDetails"),
    }  # fmt: skip


def _phase(body: dict[str, Any], tags: list[str]) -> str:
    if tags and "compiled" not in tags:
        return next((phase for start, phase in _PHASES if any(tag.startswith(start) for tag in tags)), "other")
    if any(mapping(contract, "implementation") for contract in listed(body, "contracts")):
        return "implementation"
    sections = (("contracts", "contract"), ("awards", "award"), ("tender", "tender"), ("planning", "planning"))
    return next((phase for section, phase in sections if body.get(section)), "other")


def _buyer(body: dict[str, Any], tender: dict[str, Any]) -> dict[str, str | None]:
    parties = listed(body, "parties")
    buyers = [party for party in parties if "buyer" in texts(party, "roles")]
    named = mapping(body, "buyer") or next(iter(buyers), {}) or mapping(tender, "procuringEntity")
    found = organisation(named, parties)
    n_buyers = len(buyers) or int(bool(named))
    return {
        "buyer_id": found["id"], "buyer_scheme": found["scheme"], "buyer_name": found["name"],
        "buyer_country": found["country"], "n_buyers": str(n_buyers) if n_buyers else None,
    }  # fmt: skip


def _translations(tender: dict[str, Any]) -> str | None:
    holders = [tender, *listed(tender, "lots")]
    return joined(found.group(1) for h in holders for name in h if (found := _TRANSLATED.fullmatch(name)))

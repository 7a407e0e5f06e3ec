"""The awards of an OCDS release, and which lots they belong to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ingestion.formats.ocds_fields import day, labelled, listed, mapping, money, organisation, text, texts
from ingestion.formats.strategic_aims import joined


@dataclass(frozen=True)
class Award:
    """One award with its contracts; a contract whose award is not in the release stands for it (`is_contract`)."""

    body: dict[str, Any]
    contracts: tuple[dict[str, Any], ...]
    lot_ids: tuple[str, ...]
    is_contract: bool = False


def awards_of(release: dict[str, Any]) -> list[Award]:
    """Return the awards of a release in their order, then contracts without one."""
    contracts, found = listed(release, "contracts"), []
    known = set()
    for body in listed(release, "awards"):
        award_id = text(body, "id")
        known.add(award_id)
        own = tuple(c for c in contracts if award_id is not None and text(c, "awardID") == award_id)
        found.append(Award(body, own, _lot_ids(body)))
    for contract in contracts:
        award_id = text(contract, "awardID")
        if award_id is None or award_id not in known:
            found.append(Award(contract, (contract,), _lot_ids(contract), is_contract=True))
    return found


def _lot_ids(body: dict[str, Any]) -> tuple[str, ...]:
    named = texts(body, "relatedLots") + texts(body, "relatedLot")
    if not named:
        named = [name for item in listed(body, "items") for name in texts(item, "relatedLot")]
    return tuple(dict.fromkeys(named))


def award_values(award: Award | None, parties: list[dict[str, Any]], withheld: frozenset[str]) -> dict[str, str | None]:
    """Return the values of a row that come from its award; without one only the state of its value."""
    if award is None:
        return {"award_value_state": "absent"}
    body, contract = award.body, next(iter(award.contracts), {})
    holder, basis = body, "contract" if award.is_contract else "award"
    # An award without an amount whose one contract has it: the basis says so.
    if not text(mapping(body, "value"), "amount") and len(award.contracts) == 1:
        holder, basis = contract, "contract"
    values = money(holder, "award", "win-ten-val" in withheld)
    return values | _suppliers(award, parties) | {
        "award_id": text(body, "awardID" if award.is_contract else "id") or text(body, "id"),
        "award_status": None if award.is_contract else text(body, "status"),
        "award_date": None if award.is_contract else day(body, "date"),
        "award_value_basis": basis if values["award_value"] else None,
        "n_award_lots": str(len(award.lot_ids)) if award.lot_ids else None,
        "contract_ids": joined(text(entry, "id") for entry in award.contracts),
        "contract_date": day(contract, "dateSigned"),
    }  # fmt: skip


def _suppliers(award: Award, parties: list[dict[str, Any]]) -> dict[str, str | None]:
    sent = listed(award.body, "suppliers") or [s for c in award.contracts for s in listed(c, "suppliers")]
    found: dict[str | None, dict[str, str | None]] = {}
    for reference in sent:
        supplier = organisation(reference, parties)
        found.setdefault(supplier["id"] or supplier["name"], supplier)
    return {
        "supplier_ids": joined(labelled(s["scheme"], s["id"]) for s in found.values()),
        "supplier_names": joined(s["name"] for s in found.values()),
        "n_suppliers": str(len(found)) if found else None,
    }

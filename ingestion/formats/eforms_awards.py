"""The results of an eForms notice by lot: winning tenders, their contracts, values and suppliers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingestion.formats.eforms_fields import (
    EXTENSION,
    NAMES,
    amount,
    day,
    every,
    in_language,
    is_unpublished,
    text,
    withheld_in,
)
from ingestion.formats.ocds_fields import labelled
from ingestion.formats.strategic_aims import joined

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_CHOSEN = "selec-w"


class Organisations:
    """The organisations of a notice by their technical id."""

    def __init__(self, root: Element, language: str | None) -> None:
        """Index the organisations; names are taken in the notice's language."""
        self._language = language
        self._found: dict[str, Element] = {}
        self._persons: set[str] = set()
        for entry in every(root, f"{EXTENSION}/efac:Organizations/efac:Organization"):
            company = entry.find("efac:Company", NAMES)
            key = text(company, "cac:PartyIdentification/cbc:ID")
            if company is not None and key:
                self._found[key] = company
                if text(entry, "efbc:NaturalPersonIndicator") == "true":
                    self._persons.add(key)

    def values(self, key: str | None) -> dict[str, str | None]:
        """Return id, scheme, name and country (as sent) of one organisation; natural persons stay unnamed."""
        company = self._found.get(key or "")
        country = text(company, "cac:PostalAddress/cac:Country/cbc:IdentificationCode")
        if key in self._persons:
            return {"id": None, "scheme": None, "name": "(natural person)", "country": country}
        number = None if company is None else next(iter(every(company, "cac:PartyLegalEntity/cbc:CompanyID")), None)
        found = (number.text or "").strip() or None if number is not None else None
        return {
            "id": found, "scheme": number.get("schemeName") if number is not None and found else None,
            "name": in_language(company, "cac:PartyName/cbc:Name", self._language)[0], "country": country,
        }  # fmt: skip


class Results:
    """The award part of a notice; empty for notices that announce only."""

    def __init__(self, root: Element, organisations: Organisations) -> None:
        """Index tenders, contracts and tendering parties by their technical ids."""
        self._organisations = organisations
        base = f"{EXTENSION}/efac:NoticeResult"
        self._results = every(root, f"{base}/efac:LotResult")
        self._tenders = _by_id(every(root, f"{base}/efac:LotTender"))
        self._contracts = _by_id(every(root, f"{base}/efac:SettledContract"))
        self._parties = _by_id(every(root, f"{base}/efac:TenderingParty"))

    def lot_ids(self) -> list[str | None]:
        """Return the lot of each result."""
        return [text(result, "efac:TenderLot/cbc:ID") for result in self._results]

    def of_lot(self, lot_id: str | None) -> list[dict[str, str | None]]:
        """Return the award columns of each winning tender of a lot, or of the lot's result without one."""
        rows: list[dict[str, str | None]] = []
        for result in self._results:
            if text(result, "efac:TenderLot/cbc:ID") == lot_id:
                rows += self._awards(result)
        return rows or [{"award_value_state": "absent"}]

    def _awards(self, result: Element) -> list[dict[str, str | None]]:
        hidden = "win-cho" in withheld_in(result) or is_unpublished(result, "cbc:TenderResultCode")
        status = "withheld" if hidden else text(result, "cbc:TenderResultCode")
        contracts = [self._contracts[key] for key in _ids(result, "efac:SettledContract") if key in self._contracts]
        tenders = [key for key in _ids(result, "efac:LotTender") if key in self._tenders]
        signed = {key for contract in contracts for key in _ids(contract, "efac:LotTender")}
        # A result lists every ranked tender in some notices; those with a contract have won.
        won = [key for key in tenders if key in signed] or (tenders if status == _CHOSEN else [])
        state = "withheld" if hidden else "absent"
        return [self._award(key, status, contracts) for key in won] or [
            {"award_status": status, "award_value_state": state}
        ]

    def _award(self, key: str, status: str | None, contracts: list[Element]) -> dict[str, str | None]:
        tender = self._tenders[key]
        own = [contract for contract in contracts if key in _ids(contract, "efac:LotTender")]
        first = own[0] if own else None
        value = amount(tender, "cac:LegalMonetaryTotal/cbc:PayableAmount", "award", "win-ten-val")
        n_lots = sum(key in _ids(result, "efac:LotTender") for result in self._results)
        return value | self._suppliers(tender) | {
            "award_id": key, "award_status": status, "award_date": day(text(first, "cbc:AwardDate")),
            "award_value_basis": "award" if value.get("award_value") else None,
            "contract_ids": joined(text(c, "efac:ContractReference/cbc:ID") or text(c, "cbc:ID") for c in own),
            "contract_date": day(text(first, "cbc:IssueDate")), "n_award_lots": str(n_lots),
        }  # fmt: skip

    def _suppliers(self, tender: Element) -> dict[str, str | None]:
        parties = [self._parties[key] for key in _ids(tender, "efac:TenderingParty") if key in self._parties]
        keys = dict.fromkeys(key for party in parties for key in _ids(party, "efac:Tenderer"))
        found = [self._organisations.values(key) for key in keys]
        return {
            "supplier_ids": joined(labelled(entry["scheme"], entry["id"]) for entry in found),
            "supplier_names": joined(entry["name"] for entry in found),
            "n_suppliers": str(len(keys)) if keys else None,
        }


def _ids(element: Element, name: str) -> list[str]:
    return [found for entry in every(element, name) if (found := text(entry, "cbc:ID"))]


def _by_id(elements: list[Element]) -> dict[str, Element]:
    return {key: element for element in elements if (key := text(element, "cbc:ID"))}

"""eForms notices (UBL XML of any SDK version) as rows: one per lot or part, or per winning tender of a lot.

Groups of lots are no lots and give no row; their tenders stand with the lots that they won.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ingestion.formats.eforms_awards import Organisations, Results
from ingestion.formats.eforms_fields import (
    EXTENSION,
    NAMES,
    amount,
    answers,
    cpv_codes,
    day,
    every,
    in_language,
    is_unpublished,
    text,
    withheld_in,
)
from ingestion.formats.strategic_aims import THEMES, Answers, joined, shortened, themes
from ingestion.formats.xml_text import read_xml
from ingestion.records import Record, Rejected

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_ROOTS = {"ContractNotice": "tender", "ContractAwardNotice": "award", "PriorInformationNotice": "planning"}
_PHASES = {
    "planning": "planning", "consultation": "planning", "competition": "tender", "change": "tender",
    "dir-awa-pre": "award", "result": "award", "cont-modif": "contract", "completion": "implementation",
}  # fmt: skip
_TYPE = "cac:ProcurementProject/cac:ProcurementAdditionalType"
_LISTS = {"green": "environmental-impact", "social": "social-objective", "innovation": "innovative-acquisition"}
_CHOICES = {"green": "env-imp", "social": "soc-obj", "innovation": "inn-pur"}


def is_notice(path: Path) -> bool:
    """Tell whether an XML document is an eForms notice about a procedure."""
    namespace, _, name = read_xml(path).tag[1:].partition("}")
    return name in _ROOTS and namespace == f"{_UBL}{name}-2"


def read_eforms(path: Path) -> Iterator[Record | Rejected]:
    """Yield the rows of one notice; a notice without lots gives rows of the whole procedure."""
    root = read_xml(path)
    name = root.tag.partition("}")[2]
    language = text(root, "cbc:NoticeLanguageCode")
    organisations = Organisations(root, language)
    results = Results(root, organisations)
    notice = _notice(root, name, language, organisations)
    number = 0
    sent = every(root, "cac:ProcurementProjectLot")
    found = [(place, lot) for place, lot in enumerate(sent, 1) if _scheme(lot) != "LotsGroup"]
    for place, lot in found or [(0, root)]:
        values = notice | _lot(lot, root, len(found) == 1, language)
        for award in results.of_lot(values["lot_id"]):
            number += 1
            where = f"/{name}/cac:ProcurementProjectLot[{place}]" if place else f"/{name}"
            yield Record(number, where, values | award)
    known = {text(lot, "cbc:ID") for _, lot in found} or {None}
    for lot_id in dict.fromkeys(results.lot_ids()):
        if lot_id not in known:
            number += 1
            yield Rejected(number, f"/{name}//efac:LotResult", "unknown_lot",
                           f"a result is about lot {str(lot_id)[:60]}, which the notice does not hold",
                           "send the notice with all its lots")  # fmt: skip


def _scheme(lot: Element) -> str:
    found = lot.find("cbc:ID", NAMES)
    # The attribute is mandatory; where it is forgotten, a lot is meant.
    return "Lot" if found is None else found.get("schemeName", "Lot")


def _notice(root: Element, name: str, language: str | None, organisations: Organisations) -> dict[str, str | None]:
    buyers = [text(party, "cac:Party/cac:PartyIdentification/cbc:ID") for party in every(root, "cac:ContractingParty")]
    buyer = organisations.values(buyers[0] if buyers else None)
    kind = root.find("cbc:NoticeTypeCode", NAMES)
    process = root.find("cac:TenderingProcess", NAMES)
    hidden = "pro-typ" in withheld_in(process) or is_unpublished(process, "cbc:ProcedureCode")
    method = None if hidden else text(process, "cbc:ProcedureCode")
    others = [text(entry, "cbc:ID") for entry in every(root, "cac:AdditionalNoticeLanguage")]
    return {
        "standard": "eforms", "standard_version": text(root, "cbc:CustomizationID"),
        "notice_id": text(root, "cbc:ID"), "notice_version": text(root, "cbc:VersionID"),
        "procedure_id": text(root, "cbc:ContractFolderID"), "procedure_scheme": "eforms",
        "notice_type": text(root, "cbc:NoticeTypeCode"),
        "notice_subtype": text(root, f"{EXTENSION}/efac:NoticeSubType/cbc:SubTypeCode"),
        "phase": _PHASES.get(kind.get("listName", "") if kind is not None else "", _ROOTS[name]),
        "notice_date": day(text(root, "cbc:IssueDate")), "notice_language": language,
        "other_languages": joined(others), "buyer_id": buyer["id"], "buyer_scheme": buyer["scheme"],
        "buyer_name": buyer["name"], "buyer_country": buyer["country"],
        "n_buyers": str(len(buyers)) if buyers else None, "procedure_method": method,
        "procedure_method_state": "withheld" if hidden else "stated" if method else "absent",
        "withheld_fields": joined(sorted(withheld_in(root))),
    }  # fmt: skip


def _lot(lot: Element, root: Element, is_only: bool, language: str | None) -> dict[str, str | None]:
    whole = lot is root
    project = lot.find("cac:ProcurementProject", NAMES)
    title, title_language = in_language(project, "cbc:Name", language)
    path = "cac:ProcurementProject/cac:RequestedTenderTotal/cbc:EstimatedOverallContractAmount"
    value = amount(lot, path, "estimated")
    if is_only and value["estimated_value_state"] == "absent":
        value = amount(root, path, "estimated")
    framework = answers(lot, "cac:TenderingProcess/cac:ContractingSystem", "framework-agreement")
    codes = cpv_codes(lot) if every(lot, "cac:ProcurementProject/cac:MainCommodityClassification") else cpv_codes(root)
    return value | codes | _aims(lot, language) | {
        "lot_level": "procedure" if whole else _scheme(lot).lower(),
        "lot_id": None if whole else text(lot, "cbc:ID"),
        "lot_title": shortened(title), "title_language": title_language,
        "framework_state": framework.state, "framework_type": joined(framework.named),
    }  # fmt: skip


def _aims(lot: Element, language: str | None) -> dict[str, str | None]:
    """Return BT-06, BT-774, BT-775, BT-776 and BT-805 of a lot as states and codes."""
    strategic = answers(lot, _TYPE, "strategic-procurement")
    own = {theme: answers(lot, _TYPE, list_name) for theme, list_name in _LISTS.items()}
    chosen = {theme: _CHOICES[theme] in strategic.named for theme in THEMES}
    if not strategic.named and any(answer.named for answer in own.values()):
        # Objectives are named although the overall field is empty or says "none": they count, nothing else is chosen.
        named = tuple(_CHOICES[theme] for theme in THEMES if own[theme].named)
        strategic = Answers(named, strategic.withheld)
    criteria = answers(lot, _TYPE, "gpp-criteria")
    typed = every(lot, f"{_TYPE}/cbc:ProcurementTypeCode[@listName='strategic-procurement']/..")
    described = [in_language(entry, "cbc:ProcurementType", language)[0] for entry in typed]
    is_silent = strategic.state == "absent" and criteria.state == "absent"
    return themes(strategic, own, chosen) | {
        "gpp_state": criteria.state, "gpp_codes": joined(criteria.named),
        "strategic_level": None if is_silent else "lot", "strategic_description": shortened(joined(described)),
    }  # fmt: skip

"""The four layouts of the target register as data: which header fills which column, and what tells them apart."""

from __future__ import annotations

import re

# Header of the publisher -> column of the table of climate targets. A header that feeds two columns
# stands once: "target_years" keeps every year as sent, and the first of them becomes "target_year".
LAYOUTS: dict[str, dict[str, str]] = {
    "2020": {
        "Company Name": "company_name",
        "ISIN": "isin",
        "Target Qualification": "target_classification",
        "Country": "location",
        "Region": "region",
        "Sector": "sector",
        "Status": "target_status",
        "Date Committed / Target published": "date_published",
        "About": "target_wording",
    },
    "2022": {
        "Company Name": "company_name",
        "ISIN": "isin",
        "Near term - Target Status": "target_status",
        "Near term - Target Classification": "target_classification",
        "Near term - Target Year": "target_years",
        "Long term - Target Status": "long_term_status",
        "Long term - Target Year": "long_term_year",
        "Net-Zero Committed": "net_zero_status",
        "Net-Zero Year": "net_zero_year",
        "Organization Type": "organization_type",
        "Country": "location",
        "Region": "region",
        "Sector": "sector",
        "Date": "date_published",
        "Target": "target_wording",
        "Extension": "removal_reason",
    },
    "2023": {
        "Company Name": "company_name",
        "ISIN": "isin",
        "LEI": "lei",
        "Location": "location",
        "Region": "region",
        "Sector": "sector",
        "Organization Type": "organization_type",
        "Action": "action",
        "Status": "target_status",
        "Reason for commitment extension or removal": "removal_reason",
        "Target": "target_type",
        "Target Wording": "target_wording",
        "Scope": "scope",
        "Target Value": "target_value_share",
        "Target Classification": "target_classification",
        "Base Year": "base_year",
        "Target Year": "target_years",
        "Date Published": "date_published",
    },
    "2025": {
        "sbti_id": "sbti_id",
        "company_name": "company_name",
        "isin": "isin",
        "lei": "lei",
        "organization_type": "organization_type",
        "location": "location",
        "region": "region",
        "sector": "sector",
        "near_term_status": "target_status",
        "near_term_target_classification": "target_classification",
        "near_term_target_year": "target_years",
        "long_term_status": "long_term_status",
        "long_term_target_year": "long_term_year",
        "net_zero_status": "net_zero_status",
        "net_zero_year": "net_zero_year",
        "full_target_language": "target_wording",
        "reason_for_extension_or_removal": "removal_reason",
        "date_updated": "date_published",
    },
}

# Headers that only this layout has; all of them must be there, in any order and among any others.
SIGNATURES: dict[str, tuple[str, ...]] = {
    "2025": ("company_name", "near_term_status", "net_zero_status"),
    "2023": ("Company Name", "Action", "Target Wording", "Target Value"),
    "2022": ("Company Name", "Near term - Target Status", "Net-Zero Committed"),
    "2020": ("Company Name", "Target Qualification", "Status"),
}


def plain(header: object) -> str:
    """A header without case, blanks and punctuation, as far as layouts spell it differently."""
    return re.sub(r"[^a-z0-9]", "", str(header or "").lower())


def layout_of_headers(headers: list[object]) -> str | None:
    """The layout whose own headers are all there."""
    found = {plain(header) for header in headers}
    for layout, signature in SIGNATURES.items():
        if found.issuperset(plain(header) for header in signature):
            return layout
    return None


def columns_of(layout: str, headers: list[object]) -> tuple[dict[int, str], list[str]]:
    """Position -> column for the headers of a layout, and the headers that feed no column."""
    known = {plain(header): column for header, column in LAYOUTS[layout].items()}
    places: dict[int, str] = {}
    left: list[str] = []
    for place, header in enumerate(headers):
        column = known.get(plain(header))
        if column is not None and column not in places.values():
            places[place] = column
        elif plain(header):
            left.append(str(header))
    return places, left

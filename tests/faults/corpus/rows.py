"""Sound rows of the declared CSV formats; every token gives other rows, so that no two files have the same bytes."""

from __future__ import annotations

from collections.abc import Iterable

REQUESTS = "request_id,entity_id,period_start,period_end,sent_at"
ANSWERS = "entity_id,question_id,value,unit,value_state,data_tier,period_start,period_end"
CERTIFICATES = "certificate_id,standard_id,holder_id,status,valid_from,valid_to,retrieved_at"
PURCHASES = "buyer_id,line_id,supplier_id,category_id,spend,currency,production_country,delivery_date"
COMPANIES = (
    "entity_id,name,entity_type,country,nace,headcount,currency,fiscal_year_start,fiscal_year_end"
)  # fmt: skip
COMTRADE = (
    "Year,Reporter Code,Trade Flow Code,Partner Code,Classification,Commodity Code,Quantity Unit Code,"
    "Supplementary Quantity,Netweight (kg),Value,Estimation Code"
)
BACI = "t,i,j,k,v,q"


def text(header: str, lines: Iterable[str], end: str = "\n") -> bytes:
    """Return a CSV file in UTF-8."""
    return "".join(f"{line}{end}" for line in (header, *lines)).encode()


def requests(token: str, count: int = 3) -> list[str]:
    """Return sound requests."""
    return [f"{token}-{n},C{n},2025-01-01,2025-12-31,2026-01-02" for n in range(count)]


def answers(token: str, count: int = 3, entity: str = "C1") -> list[str]:
    """Return sound answers of one company."""
    return [answer(f"{token}-q{n}", f"{n}.5,t,value,2", entity) for n in range(count)]


def answer(question: str, cells: str, entity: str = "C1") -> str:
    """Return one answer; `cells` are value, unit, state and tier."""
    return f"{entity},{question},{cells},2025-01-01,2025-12-31"


def certificates(token: str, count: int, retrieved: str) -> list[str]:
    """Return sound certificates of one snapshot."""
    return [f"{token}-{n},fsc,C{n},valid,2025-01-01,2027-01-01,{retrieved}" for n in range(count)]


def purchases(token: str, count: int = 3, buyer: str = "C1") -> list[str]:
    """Return sound purchase lines of one buyer."""
    return [f"{buyer},{token}-{n},C9,steel,{n}.25,EUR,DE,2025-06-30" for n in range(count)]


def companies(token: str, count: int = 3) -> list[str]:
    """Return sound companies."""
    return [f"{token}-{n},Firm {n},company,DE,C24.1,{n},EUR,2025-01-01,2025-12-31" for n in range(count)]


def comtrade(partner: int, count: int = 3) -> list[str]:
    """Return sound flows in the bulk layout; the partner code makes them differ."""
    return [f"2023,276,M,{partner},H6,{720810 + n},8,{n},{n},{1000 + n},0" for n in range(count)]


def baci(partner: int, count: int = 3) -> list[str]:
    """Return sound flows in the layout of CEPII."""
    return [f"2023,276,{partner},{720810 + n},{n}.5,{n}.25" for n in range(count)]

"""Certificates in the words of ISEAL Core, with identifiers that are checked and states that are kept apart."""

from pathlib import Path

import duckdb
import pytest

from ingestion.deliver import deliver
from ingestion.intake import drain
from tests.conftest import AT, home
from warehouse.ledger import Delivery
from warehouse.settings import Settings

HEADER = (
    "Certificate code, number or ID|Standard ID or code|Certificate holder ID|Certificate status|valid_from|valid_to"
)
HEADER += "|retrieved_at|holder_lei|Certificate holder GLN"
LEI = "HWUPKR0MPOU8FGXBT394"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return home(tmp_path / "home")


def row(number: int, status: str = "Issued", holder: str = "C1", lei: str = "", gln: str = "") -> str:
    return f"n{number}|FSC|{holder}|{status}|2025-01-01|2026-01-01|2026-02-01|{lei}|{gln}"


def send(settings: Settings, *rows: str) -> Delivery:
    file = settings.home.parent / "certificates.csv"
    lines = ['"' + line.replace("|", '","') + '"' for line in (HEADER, *rows)]
    file.write_text("\n".join(lines) + "\n")
    deliver(settings, [file], "certification_registry", "office")
    return drain(settings, "certification_registry", AT)[-1]


STATES = {
    "Issued": "valid", "REISSUED": "valid", "Extended": "valid", "Valid": "valid", "Suspended": "suspended",
    "Suspended and Blocked": "suspended", "Terminated and Blocked": "terminated", "Withdrawn": "withdrawn",
    "Expired": "expired", "not found": "not_found", "no_certificate": "no_certificate",
}  # fmt: skip


def test_every_state_of_the_vocabulary_is_one_of_ours(settings: Settings) -> None:
    delivery = send(settings, *(row(n, status) for n, status in enumerate(STATES)))
    assert (delivery.outcome, delivery.rows_accepted) == ("accepted", len(STATES))
    path = settings.home / delivery.tables[0].path
    found = duckdb.sql(f"select status from '{path}' order by row_number").fetchall()
    assert [status for (status,) in found] == list(STATES.values())


def test_a_broken_identifier_or_state_keeps_its_row_out(settings: Settings) -> None:
    rows = (
        row(1, lei=LEI, gln="4006381333931"),
        row(2, lei=LEI[:-1] + "5"),
        row(3, gln="4006381333932"),
        row(4, "Lost"),
    )
    delivery = send(settings, *rows)
    assert (delivery.rows_in, delivery.rows_accepted, delivery.rows_quarantined) == (4, 1, 3)
    assert {(r.code, r.field, r.row) for r in delivery.reasons} == {
        ("bad_checksum", "holder_lei", 2), ("bad_checksum", "holder_gln", 3), ("unknown_code", "status", 4),
    }  # fmt: skip


def test_one_number_of_two_holders_is_flagged_and_kept(settings: Settings) -> None:
    twin = row(1, "Suspended", holder="C2")
    delivery = send(settings, row(1), twin, row(2))
    assert (delivery.outcome, delivery.rows_accepted) == ("accepted_with_warnings", 3)
    assert [(r.code, r.count, r.row) for r in delivery.reasons] == [("number_of_another_holder", 2, 1)]

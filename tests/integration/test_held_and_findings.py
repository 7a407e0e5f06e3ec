"""What a person does about a delivery: read the answer, decide what is held."""

import re
from pathlib import Path

import openpyxl
import pytest

from ingestion.deliver import deliver
from ingestion.findings import german_texts, write_findings
from ingestion.held import NotHeld, decide
from ingestion.intake import drain
from tests.conftest import AT, home
from warehouse.ledger import Delivery, Ledger
from warehouse.settings import Settings
from warehouse.snapshot import current_snapshot

ROOM = Path(__file__).resolve().parents[2] / "ingestion"
HEADER = "certificate_id,standard_id,holder_id,status,valid_from,valid_to,retrieved_at\n"
ANSWERS = "entity_id,question_id,value,unit,value_state,data_tier,period_start,period_end\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "home").mkdir()
    return home(tmp_path / "home")


def send(settings: Settings, name: str, content: str, source: str) -> Delivery:
    file = settings.home.parent / name
    file.write_text(content, encoding="utf-8")
    deliver(settings, [file], source, "office")
    return drain(settings, source, AT)[-1]


def register(rows: int, retrieved: str) -> str:
    row = "certificate-{0},ISO14001,C{0},valid,2024-01-01,2026-01-01,{1}\n"
    return HEADER + "".join(row.format(n, retrieved) for n in range(rows))


def held(settings: Settings) -> Delivery:
    send(settings, "january.csv", register(100, "2025-01-31"), "certification_registry")
    found = send(settings, "march.csv", register(20, "2025-03-31"), "certification_registry")
    assert found.outcome == "held"
    return found


def test_an_accepted_snapshot_counts_and_is_the_next_measure(settings: Settings) -> None:
    delivery, ledger = held(settings), Ledger.open(settings)
    decided = decide(settings, ledger, delivery.delivery_id, True, "office", "a scheme was closed", AT)
    assert (decided.outcome, decided.tables[0].rows) == ("accepted_with_warnings", 20)
    assert decided.reasons[0].code == "accepted_by_person"
    assert [t.rows for t in current_snapshot(ledger).tables] == [20]
    april = send(settings, "april.csv", register(19, "2025-04-30"), "certification_registry")
    assert april.outcome == "accepted"
    assert ledger.steps("decision", delivery.delivery_id)[0].payload["why"] == "a scheme was closed"
    assert ledger.verify() == []


def test_a_refused_snapshot_never_counts(settings: Settings) -> None:
    delivery, ledger = held(settings), Ledger.open(settings)
    decided = decide(settings, ledger, delivery.delivery_id, False, "office", "half a file", AT)
    assert (decided.outcome, decided.tables) == ("rejected", ())
    assert [t.rows for t in current_snapshot(ledger).tables] == [100]
    with pytest.raises(NotHeld, match="is rejected, not held"):
        decide(settings, ledger, delivery.delivery_id, True, "office", "changed my mind", AT)


def test_what_failed_for_our_own_reasons_is_tried_again(settings: Settings) -> None:
    settings.policy_file.write_text("nonsense: 1\n")
    delivery = send(settings, "january.csv", register(3, "2025-01-31"), "certification_registry")
    assert delivery.outcome == "held"
    settings.policy_file.unlink()
    decided = decide(settings, Ledger.open(settings), delivery.delivery_id, True, "office", "policy mended", AT)
    assert (decided.outcome, decided.rows_accepted) == ("accepted", 3)


def test_the_answer_names_place_finding_and_remedy_in_two_languages(settings: Settings, tmp_path: Path) -> None:
    rows = "C1,scope1_t,12 345,t,value,1,2025-01-01,2025-12-31\nC2,scope1_t,=1+1,stone,value,1,2025-01-01,2025-12-31\n"
    delivery = send(settings, "answers.csv", ANSWERS + rows, "supplier_survey")
    count = write_findings(settings, delivery, tmp_path / "answer.xlsx")
    book = openpyxl.load_workbook(tmp_path / "answer.xlsx")
    assert book.sheetnames == ["English", "Deutsch"]
    english, german = ([[c.value for c in row] for row in sheet.iter_rows(min_row=3)] for sheet in book)
    assert len(english) == len(german) == count > 0
    unit = next(row for row in german if row[6] == "unknown_unit")
    assert unit[:5] == ["line 3", 2, "unit", "stone", "Die Einheit steht nicht in der vereinbarten Liste."]
    assert "kWh" in str(unit[5])
    assert all(cell.data_type != "f" for sheet in book for row in sheet for cell in row)


def test_every_reason_that_any_source_can_give_has_german_words() -> None:
    said = re.findall(
        r'rule\("([a-z_]+)"|^    "[a-z]+": \(\s*"([a-z_]+)"', (ROOM / "rules.py").read_text(), re.MULTILINE
    )
    codes = {code for pair in said for code in pair if code} - {""}
    assert {"missing_value", "out_of_range", "not_a_number"} <= codes
    assert {code for code in codes if not code.startswith("unknown_")} <= set(german_texts())

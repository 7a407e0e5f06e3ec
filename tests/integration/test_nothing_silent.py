"""What a cast or a header could lose without a word: tiny numbers, and the second of two columns that mean one."""

from pathlib import Path

import duckdb
import pytest

from ingestion.column_sql import number
from ingestion.deliver import deliver
from ingestion.intake import drain
from tests.conftest import AT, home
from warehouse.ledger import Delivery
from warehouse.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return home(tmp_path / "home")


def send(settings: Settings, content: str) -> Delivery:
    file = settings.home.parent / "directory.csv"
    file.write_text(content, encoding="utf-8")
    deliver(settings, [file], "company_directories", "office")
    return drain(settings, "company_directories", AT)[-1]


@pytest.mark.parametrize(("text", "decimal", "kept"), [
    ("0", ".", "0"), ("0.000000001", ".", "1E-9"), ("0.00000123", ".", "0.00000123"), ("1e-12", ".", None),
    ("0.0000000014", ".", None), ("-1e-12", ".", None), ("54.06560636182902", ".", "54.065606362"),
    ("0,0000000014", ",", None), ("1.234,5", ",", "1234.5"), ("1e30", ".", None),
])  # fmt: skip
def test_a_number_keeps_three_digits_or_is_none(text: str, decimal: str, kept: str | None) -> None:
    sql = f"select cast(cast({number('?1', decimal)} as decimal(38,9)) = cast(?2 as decimal(38,9)) as varchar)"
    found = duckdb.execute(sql, [text, kept]).fetchall()
    assert found == [("true" if kept else None,)]


def test_a_number_too_small_is_quarantined_and_not_zero(settings: Settings) -> None:
    delivery = send(settings, "name,country,status,score\nMill,DE,active,1e-12\nYarn,DE,active,0.5\n")
    assert (delivery.outcome, delivery.rows_in, delivery.rows_accepted) == ("partly_quarantined", 2, 1)
    assert [(reason.code, reason.field) for reason in delivery.reasons] == [("not_a_number", "score")]


def test_the_second_column_of_one_meaning_is_named(settings: Settings) -> None:
    delivery = send(settings, "company,name,country,status\nMill,Other,DE,active\n")
    assert (delivery.outcome, delivery.rows_accepted) == ("accepted_with_warnings", 1)
    assert [(reason.code, reason.field) for reason in delivery.reasons] == [("second_column", "name")]
    assert "company_name" in delivery.reasons[0].message

"""What the command writes for a sender is what the intake takes: every example comes back accepted."""

import csv
from pathlib import Path

import openpyxl
import pytest

from console.template import Media, NoTemplate, write_templates
from ingestion.declarations import declarations
from ingestion.deliver import deliver
from ingestion.intake import drain
from tests.conftest import AT, home
from warehouse.ledger import Delivery

OWN = {"due_diligence_cases", "cooperation", "logistics", "incidents", "incentives", "stocks", "purchase_lines"}
SHOWN = [source for source in declarations().values() if any(table.examples for table in source.tables.values())]


def sent(folder: Path, source: str, path: Path) -> Delivery:
    deliver(home(folder / "home"), [path], source, "office")
    return drain(home(folder / "home"), source, AT)[-1]


@pytest.mark.parametrize("source", [source.name for source in SHOWN])
@pytest.mark.parametrize("media", ["csv", "xlsx"])
def test_every_example_is_accepted_and_no_empty_template_is(tmp_path: Path, source: str, media: Media) -> None:
    declared = declarations()[source]
    tables = [table for table in declared.tables.values() if table.examples]
    if media == "xlsx" and not any(form.media == "xlsx" and form.sheet for form in declared.formats.values()):
        pytest.skip("this source takes CSV only")
    examples = [path for path in write_templates(declared, tmp_path / "out", media) if "_example" in path.name]
    for path, table in zip(examples, tables, strict=True):
        delivery = sent(tmp_path, source, path)
        assert (delivery.file_name, delivery.outcome) == (path.name, "accepted")
        assert (delivery.rows_accepted, delivery.tables[0].table) == (len(table.examples), table.name)
        empty = sent(tmp_path, source, path.with_name(path.name.replace("_example", "")))
        assert (empty.outcome, [reason.code for reason in empty.reasons]) == ("rejected", ["no_rows"])


def test_what_only_the_network_knows_has_templates() -> None:
    assert {source.name for source in SHOWN} >= OWN


def test_a_workbook_explains_every_column_and_offers_the_codes(tmp_path: Path) -> None:
    source = declarations()["due_diligence_cases"]
    path = write_templates(source, tmp_path, "xlsx")[0]
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["findings", "explanation", "examples"]
    words = {row[0]: row for row in book["explanation"].iter_rows(min_row=2, values_only=True)}
    columns = source.tables["findings"].columns
    assert list(words) == [column.name for column in columns] == [cell.value for cell in book["findings"][1]]
    assert words["sev_scale"][1:] == (
        "expected", "How grave: 1 low to 4 very grave", "whole number", None, "1 to 4")  # fmt: skip
    assert words["status"][5].startswith("open, plan_agreed")
    assert all(row[2] for row in words.values())
    choices = [rule.formula1 for rule in book["findings"].data_validations.dataValidation]
    assert '"cause,contribute,directly_linked"' in choices


def test_csv_comes_with_its_explanation(tmp_path: Path) -> None:
    paths = write_templates(declarations()["stocks"], tmp_path, "csv")
    assert [path.name for path in paths] == ["stocks.csv", "stocks_example.csv", "stocks_explanation.csv"]
    with paths[2].open(encoding="utf-8", newline="") as file:
        words = {row["column"]: row for row in csv.DictReader(file)}
    assert (words["ttr_days"]["unit"], words["ttr_days"]["required"]) == ("days", "expected")
    assert words["on_hand_units"]["allowed"] == "at least 0"


@pytest.mark.parametrize(
    ("source", "media", "words"),
    [("trade_data", None, "as its publisher writes it"), ("purchase_lines", "xlsx", "takes csv, not xlsx")],
)
def test_what_the_intake_would_not_take_is_not_written(
    tmp_path: Path, source: str, media: Media | None, words: str
) -> None:
    with pytest.raises(NoTemplate, match=words):
        write_templates(declarations()[source], tmp_path / "out", media)
    assert not (tmp_path / "out").exists()

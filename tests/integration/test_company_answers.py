"""Answers about companies: pages, lists and tables mean the same; unknown, zero and empty are told apart."""

import json
from pathlib import Path

import duckdb
import pytest

from ingestion.deliver import deliver
from ingestion.intake import drain
from tests.conftest import AT, home
from warehouse.ledger import Delivery
from warehouse.settings import Settings

ANSWER = {
    "id": 7, "name": "Office+Wage gap+Mill Ltd+2022", "type": "Answer", "url": "https://answers.test/a.json",
    "content": "54.065606361829021", "metric": "Office+Wage gap", "company": "Mill Ltd", "year": 2022,
    "value": "54.065606361829021", "comments": "somebody wrote this", "answer_url": "https://answers.test/a",
}  # fmt: skip
PAGE = {
    "id": None, "items": [ANSWER], "license": "CC BY 4.0", "requested_at": "2025-03-10 13:04:49 UTC", "links": [],
}  # fmt: skip
RELATION = {
    "id": 8, "name": "Office+Has Brands+Mill Ltd+2020+Yarn & Co", "type": "Relationship", "year": 2020, "value": "Goods",
    "url": "https://answers.test/r.json", "metric_id": 5, "subject_company_id": 1, "object_company_id": 2,
    "subject_company": "Mill Ltd", "object_company": "Yarn & Co",
}  # fmt: skip


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return home(tmp_path / "home")


def send(settings: Settings, content: object, name: str = "answers.json") -> Delivery:
    file = settings.home.parent / name
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    deliver(settings, [file], "company_answers", "office")
    return drain(settings, "company_answers", AT)[-1]


def rows(settings: Settings, delivery: Delivery, columns: str) -> list[tuple[object, ...]]:
    path = settings.home / delivery.tables[0].path
    return duckdb.sql(f"select {columns} from read_parquet('{path}') order by row_number").fetchall()


@pytest.mark.parametrize(("document", "pointer"), [
    (PAGE, "/items/0"), ([ANSWER], "/0"), (ANSWER, "/"), ({"name": "Mill Ltd", "answers": [ANSWER]}, "/answers/0"),
])  # fmt: skip
def test_every_envelope_is_opened_and_digits_stay(settings: Settings, document: object, pointer: str) -> None:
    delivery = send(settings, document)
    assert (delivery.outcome, delivery.rows_in, delivery.rows_accepted) == ("accepted", 1, 1)
    columns = "answer_kind, answer_id, metric, company, year, value, value_state, answer_url, source_ref"
    assert rows(settings, delivery, columns) == [
        ("answer", "7", "Office+Wage gap", "Mill Ltd", 2022, "54.065606361829021", "value", "https://answers.test/a",
         pointer),
    ]  # fmt: skip


def test_a_relation_names_both_companies(settings: Settings) -> None:
    delivery = send(settings, [RELATION])
    columns = "answer_kind, metric, metric_id, company, company_id, related_company, related_company_id"
    assert rows(settings, delivery, columns) == [
        ("relationship", "Office+Has Brands", "5", "Mill Ltd", "1", "Yarn & Co", "2")
    ]


def test_objects_carry_unit_sources_and_open_identifiers(settings: Settings) -> None:
    company = {"id": 3, "name": "Mill Ltd", "lei": "5493001KJTIIGC8Y1R12", "open_corporates": "gb/1"}
    metric = {"id": 5, "name": "Office+Energy", "unit": "MWh"}
    answer = {
        "company": company,
        "metric": metric,
        "year": 2021,
        "value": 0,
        "sources": [{"url": "https://a.test/1"}, "https://b.test"],
    }
    delivery = send(settings, [answer])
    columns = "company, company_id, company_lei, company_open_corporates_id, unit, value_state, source_url"
    assert rows(settings, delivery, columns) == [
        ("Mill Ltd", "3", "5493001KJTIIGC8Y1R12", "gb/1", "MWh", "zero", "https://a.test/1 https://b.test")
    ]


def test_unknown_empty_and_zero_are_three_things(settings: Settings) -> None:
    sent = [ANSWER | {"company": f"Mill {n}", "value": v} for n, v in enumerate(["Unknown", "", "0.0", ["a", "b"]])]
    found = rows(settings, send(settings, sent), "value_state, value")
    assert found == [("unknown", None), ("missing", None), ("zero", "0.0"), ("value", '["a", "b"]')]


def test_what_is_no_answer_is_quarantined_beside_the_answers(settings: Settings) -> None:
    sent = [ANSWER, {"id": 1}, ANSWER | {"year": "soon"}, ANSWER | {"company": "B", "answer_url": "javascript:1"}]
    delivery = send(settings, sent)
    assert (delivery.outcome, delivery.rows_in, delivery.rows_accepted) == ("partly_quarantined", 4, 1)
    assert {reason.code for reason in delivery.reasons} == {"not_an_answer", "not_a_number", "bad_format"}


def test_a_table_means_the_same(settings: Settings) -> None:
    table = "Metric,Company,Year,Value,Answer Page,LEI,Comments\nOffice+Wage gap,Mill Ltd,2022,Unknown,,,a person\n"
    delivery = send(settings, table, "answers.csv")
    assert rows(settings, delivery, "metric, value, value_state, answer_kind") == [
        ("Office+Wage gap", None, "unknown", "answer")
    ]


def test_a_list_of_companies_is_no_answer(settings: Settings) -> None:
    delivery = send(settings, [{"id": 1, "name": "Mill Ltd", "headquarters": "Spain"}])
    assert (delivery.outcome, delivery.reasons[0].code) == ("rejected", "unknown_format")


def test_a_contributor_is_never_landed(settings: Settings) -> None:
    delivery = send(settings, PAGE)
    assert "somebody" not in str(rows(settings, delivery, "*"))

"""A VSME report as xBRL-JSON says the same as the template: days, units, dimensions and zeros keep their meaning."""

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ingestion.deliver import deliver
from ingestion.intake import drain
from tests.conftest import AT, home
from warehouse.ledger import Delivery
from warehouse.settings import Settings

YEAR, END = "2025-01-01T00:00:00/2026-01-01T00:00:00", "2026-01-01T00:00:00"


def fact(concept: str, value: object, unit: str | None = None, period: str = YEAR, **axes: str) -> dict[str, Any]:
    dimensions = {"concept": f"vsme:{concept}", "entity": "scheme:C0001", "period": period}
    dimensions |= {f"vsme:{axis}": member for axis, member in axes.items()} | ({"unit": unit} if unit else {})
    return {"value": value, "dimensions": dimensions}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return home(tmp_path / "home")


def send(settings: Settings, *facts: dict[str, Any], kind: str = "https://xbrl.org/2021/xbrl-json") -> Delivery:
    info = {
        "documentType": kind, "namespaces": {"vsme": "https://xbrl.efrag.org/taxonomy/vsme/2026-05-01/vsme"},
        "taxonomy": ["https://xbrl.efrag.org/taxonomy/vsme/2026-05-01/vsme-all.xsd"],
    }  # fmt: skip
    file = settings.home.parent / "report.json"
    file.write_text(json.dumps({"documentInfo": info, "facts": {f"f{n}": f for n, f in enumerate(facts)}}))
    deliver(settings, [file], "supplier_survey", "office")
    return drain(settings, "supplier_survey", AT)[-1]


def rows(settings: Settings, delivery: Delivery, columns: str) -> list[tuple[object, ...]]:
    path = settings.home / delivery.tables[0].path
    return duckdb.sql(f"select {columns} from read_parquet('{path}') order by row_number").fetchall()


def test_days_units_and_dimensions_mean_what_the_template_means(settings: Settings) -> None:
    delivery = send(
        settings,
        fact("GrossScope1GreenhouseGasEmissions", "150.5", "utr:tCO2e"),
        fact("GrossScope1GreenhouseGasEmissions", "75", "utr:tCO2e", ReportingScopesAxis="vsme:TargetYearMember"),
        fact("Turnover", "0", "iso4217:EUR"),
        fact("NumberOfEmployees", "12", "xbrli:pure", END),
    )
    assert (delivery.format, delivery.rows_in, delivery.rows_accepted) == ("vsme_json", 4, 4)
    columns = "entity_id, question_id, item, value, unit, value_state, period_start::varchar, period_end::varchar"
    scope, days = "GrossScope1GreenhouseGasEmissions", ("2025-01-01", "2025-12-31")
    assert rows(settings, delivery, columns) == [
        ("C0001", scope, None, "150.5", "t CO2e", "value", *days),
        ("C0001", f"{scope}|TargetYearMember", "ReportingScopesAxis=TargetYearMember", "75", "t CO2e", "value", *days),
        ("C0001", "Turnover", None, "0", "EUR", "zero", *days),
        ("C0001", "NumberOfEmployees", None, "12", "persons", "value", "2025-12-31", "2025-12-31"),
    ]


@pytest.mark.parametrize("broken", [
    fact("GrossScope1GreenhouseGasEmissions", "much", "utr:tCO2e"), fact("GrossScope1GreenhouseGasEmissions", "1"),
    fact("Turnover", "1", "xbrli:pure"), fact("Turnover", "1", "iso4217:EUR", "last year"), {"value": "1"},
])  # fmt: skip
def test_a_fact_that_cannot_be_placed_is_quarantined(settings: Settings, broken: dict[str, Any]) -> None:
    delivery = send(settings, fact("Turnover", "5", "iso4217:EUR"), broken)
    assert (delivery.outcome, delivery.rows_in, delivery.rows_accepted) == ("partly_quarantined", 2, 1)
    assert [reason.code for reason in delivery.reasons] == ["value_does_not_fit"]


def test_a_unit_nobody_agreed_upon_is_refused_by_the_table(settings: Settings) -> None:
    delivery = send(settings, fact("Turnover", "5", "iso4217:EUR"), fact("WasteMass", "5", "utr:bushel"))
    assert [reason.code for reason in delivery.reasons] == ["unknown_unit"]


def test_facts_that_are_no_report_are_an_unknown_format(settings: Settings) -> None:
    delivery = send(settings, fact("Turnover", "5", "iso4217:EUR"), kind="https://other.test/facts")
    assert (delivery.outcome, delivery.reasons[0].code) == ("rejected", "unknown_format")

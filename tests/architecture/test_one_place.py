"""Rules that are written down twice are held together here; what exists is named in the words."""

from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from expectations.fct_trade_flow import FLOWS
from ingestion.declarations import declarations
from warehouse.landing_views import landed_columns

ROOT = Path(__file__).resolve().parents[2]
TYPES = {
    "id": "varchar", "text": "varchar", "code": "varchar", "country": "varchar", "currency": "varchar",
    "hs": "varchar", "integer": "bigint", "decimal": "decimal(28,9)", "date": "date", "boolean": "boolean",
}  # fmt: skip
LINEAGE = [("delivery_id", "varchar"), ("row_number", "bigint"), ("source_ref", "varchar")]


def declared() -> dict[str, list[tuple[str, str]]]:
    tables: dict[str, list[tuple[str, str]]] = {}
    for path in sorted((ROOT / "ingestion/sources").glob("*.yml")):
        raw: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        for table, spec in raw["tables"].items():
            columns: list[tuple[str, str]] = []
            for name, column in spec["columns"].items():
                columns.append((name, TYPES[column["type"]]))
                if "typed_as" in column:
                    columns.append((column["typed_as"], "decimal(28,9)"))
            tables[f"{raw['source']}__{table}"] = columns + LINEAGE
    return tables


def landing() -> dict[str, list[tuple[str, str]]]:
    return landed_columns(ROOT / "dbt_project")


def reader_module(source: str) -> ModuleType:
    return import_module(f"ingestion.sources.{source}")


@pytest.mark.parametrize("table", sorted(declared()))
def test_a_declared_table_is_the_one_that_dbt_reads(table: str) -> None:
    assert landing()[table] == declared()[table]


def test_every_source_has_declaration_reader_and_words() -> None:
    assert len(declarations()) >= 7
    for name, source in declarations().items():
        words = reader_module(name).__doc__ or ""
        assert len(words.splitlines()) > 2, f"{name}: say what it is, how often it comes, and what is odd"
        assert min(len(text) for text in (source.title, source.sender, source.cadence, source.licence)) > 5, name


def test_every_kpi_model_has_definition_texts_and_a_golden_or_unit_test() -> None:
    models = sorted((ROOT / "dbt_project/models/kpis").glob("kpi_*.sql"))
    assert len(models) >= 20
    definitions = (ROOT / "dbt_project/seeds/kpi_definitions.csv").read_text(encoding="utf-8")
    texts = (ROOT / "dbt_project/seeds/kpi_texts.csv").read_text(encoding="utf-8")
    for model in models:
        kpi_id = model.stem.removeprefix("kpi_").upper()
        assert f"\n{kpi_id}," in definitions, kpi_id
        assert f"\n{kpi_id}," in texts, kpi_id
        assert model.with_suffix(".yml").exists(), model.name


def test_the_gate_knows_every_flow_that_the_intake_takes() -> None:
    flows = declarations()["trade_data"].tables["flows"]
    flow = next(c for c in flows.columns if c.name == "flow")
    assert set(flow.codes) == set(FLOWS)


def test_no_package_of_dbt_is_confused_with_ours() -> None:
    assert not list((ROOT / "dbt_project").rglob("__init__.py"))
    ours = [
        p for room in ("console", "expectations", "ingestion", "warehouse") for p in (ROOT / room).rglob("dbt_*.py")
    ]
    importable_as_dbt = [p for p in ours if p.parent in (ROOT, ROOT / "dags")]
    assert importable_as_dbt == []

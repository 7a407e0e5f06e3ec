"""The metrics that BI tools read give what plain SQL gives, by the engine of those tools."""

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest
from metricflow.engine.metricflow_engine import MetricFlowEngine, MetricFlowQueryRequest
from metricflow.protocols.sql_client import SqlEngine
from metricflow.sql.render.duckdb_renderer import DuckDbSqlPlanRenderer
from metricflow_semantics.model.dbt_manifest_parser import parse_manifest_from_dbt_generated_manifest
from metricflow_semantics.model.semantic_manifest_lookup import SemanticManifestLookup

from tests.fixtures.public_candidate import network, ready, sound_rows, value
from tests.golden.harness import manifest
from warehouse.verdict import candidate_file


class _Dialect:
    """All that the engine asks of a database when it only writes SQL."""

    sql_engine_type = SqlEngine.DUCKDB
    sql_plan_renderer = DuckDbSqlPlanRenderer()


@pytest.fixture(scope="module")
def engine() -> MetricFlowEngine:
    parsed = parse_manifest_from_dbt_generated_manifest(json.dumps(manifest("semantic_manifest")))
    return MetricFlowEngine(SemanticManifestLookup(parsed), _Dialect())  # type: ignore[arg-type]


@pytest.fixture
def candidate(tmp_path: Path) -> Any:
    rows = sound_rows()
    rows["fact_kpi_value"] += [value("C0999", None, status="not_reported"), value("C0998", 7.0, kpi_id="R01")]
    settings = network(tmp_path)
    with duckdb.connect() as connection:
        path = candidate_file(settings, ready(settings, "s1-1", rows))
        connection.execute(f"attach '{path}' as golden (read_only)")
        yield connection


@pytest.mark.parametrize(
    ("metric", "by_hand"),
    [
        ("kpi_results", "count(*)"),
        ("kpi_results_ok", "count(*) filter (status = 'ok')"),
        ("kpi_ok_share", "count(*) filter (status = 'ok') / count(*)"),
        ("kpi_value", "max(value)"),
        ("kpi_company_total", "sum(value) filter (entity_type = 'company' and kpi_id = 'E01')"),
    ],
)
def test_a_metric_by_kpi_and_year_is_what_sql_by_hand_gives(
    engine: MetricFlowEngine, candidate: duckdb.DuckDBPyConnection, metric: str, by_hand: str
) -> None:
    asked = MetricFlowQueryRequest.create(
        metric_names=[metric], group_by_names=["kpi_result__kpi_id", "kpi_result__period_start__year"]
    )
    statement = engine.explain(asked).sql_statement
    columns = "kpi_result__kpi_id, cast(kpi_result__period_start__year as date)"
    found = candidate.execute(f"select {columns}, {metric} from ({statement.sql}) order by all").fetchall()
    expected = candidate.execute(
        f"select kpi_id, period_start, {by_hand} from golden.marts.fact_kpi_value group by all order by all"
    ).fetchall()
    assert found == expected
    assert len(found) > 1

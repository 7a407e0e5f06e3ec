"""Run the real SQL of a model on rows that a test invents: compiled once by dbt, executed by DuckDB.

`Models.run("kpi_r18", int_network_edges=rows, ...)` replaces the named models or sources by rows and builds everything
between them and the asked model from the project's own compiled SQL. Seeds are read from their files. A second
implementation in the test is then compared with the rows that come back.
"""

import contextlib
import csv
import functools
import importlib.util
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import pyarrow as pa
import pytest

ROOT = Path(__file__).resolve().parents[2]
Rows = Iterable[Mapping[str, Any]] | pa.Table
BUILD = [{"snapshot_id": "s", "as_of": "2026-01-01", "catalogue_version": "1.0.0", "network_name": "network"}]


@functools.cache
def manifest(name: str = "manifest") -> dict[str, Any]:
    """Compile all models once per state of the project; no database and no landing zone is needed.

    `semantic_manifest` is what tools that read metrics get.
    """
    from warehouse.candidate import code_digest
    from warehouse.dbt_run import run_dbt
    from warehouse.policy import load_policy
    from warehouse.settings import Settings

    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder), f"sqlite:///{folder}/ledger.sqlite")
        settings.work.mkdir(parents=True, exist_ok=True)
        digest = code_digest(settings, load_policy(settings))
        # Compiling takes longer than all golden tests together: processes and runs of the same project share it.
        kept = Path(tempfile.gettempdir()) / f"liefernetz-golden-{os.getuid()}" / digest
        if not kept.exists():
            run_dbt(settings, Path(folder) / "golden.duckdb", ["compile", "--no-populate-cache"])
            _keep(settings.work / "dbt" / "target", kept)
        return dict(json.loads((kept / f"{name}.json").read_text(encoding="utf-8")))


def _keep(target: Path, kept: Path) -> None:
    kept.parent.mkdir(mode=0o700, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kept.parent) as unfinished:
        for name in ("manifest.json", "semantic_manifest.json"):
            shutil.copy(target / name, unfinished)
        with contextlib.suppress(OSError):  # another process was first
            Path(unfinished).rename(kept)
            Path(unfinished).mkdir()  # for the clean-up of the context


class Models:
    """One DuckDB per instance. Rows of inputs without a value in some column get NULL there; absent columns too."""

    def __init__(self) -> None:
        self._nodes = {**manifest()["nodes"], **manifest()["sources"]}
        self._names = {_short(node): key for key, node in self._nodes.items() if node["resource_type"] in _RELATIONS}
        self.connection = duckdb.connect()
        self.connection.execute("attach ':memory:' as golden; set timezone = 'UTC'; set threads = 1")
        self._built: set[str] = set()

    def run(self, model: str, **inputs: Rows) -> list[dict[str, Any]]:
        """Return the rows of `model`, built anew. Sources are named `source__table`, for example `landing__build`.

        Raises KeyError for a name that is neither model, seed nor source.
        """
        self._built -= {key for key in self._built if self._nodes[key]["resource_type"] != "seed"}
        for name, rows in {"landing__build": BUILD, **inputs}.items():
            self._load(self._names[name], rows)
        key = self._names[model]
        self._build(key)
        found = self.connection.execute(f"select * from {self._relation(key)}")
        columns = [column[0] for column in found.description]
        return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]

    def _load(self, key: str, rows: Rows) -> None:
        table = rows if isinstance(rows, pa.Table) else pa.Table.from_pylist(_even([dict(row) for row in rows]))
        self.connection.register("given_rows", table)
        self._create(key, "select * from given_rows")

    def _build(self, key: str) -> None:
        if key in self._built:
            return
        node = self._nodes[key]
        if node["resource_type"] == "source":
            raise KeyError(f"{_short(node)} is read but not given: add rows for it or for a model after it")
        if node["resource_type"] == "seed":
            self._create(key, _seed_sql(node))
            return
        for parent in node["depends_on"]["nodes"]:
            self._build(parent)
        if node["language"] == "python":
            self.connection.register("given_rows", self._python(node))
            self._create(key, "select * from given_rows")
        else:
            self._create(key, node["compiled_code"])

    def _python(self, node: dict[str, Any]) -> Any:
        spec = importlib.util.spec_from_file_location(node["name"], ROOT / "dbt_project" / node["original_file_path"])
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)

        def ref(name: str) -> Any:
            return self.connection.sql(f"select * from {self._relation(self._names[name])}")

        return module.model(SimpleNamespace(ref=ref, config=lambda **_: None), self.connection)

    def _relation(self, key: str) -> str:
        return str(self._nodes[key]["relation_name"])

    def _create(self, key: str, sql: str) -> None:
        relation = self._relation(key)
        self.connection.execute(f"create schema if not exists {relation.rpartition('.')[0]}")
        self.connection.execute(f"create or replace table {relation} as {sql}")
        self._built.add(key)


_RELATIONS = ("model", "seed", "source")


def _short(node: Mapping[str, Any]) -> str:
    return f"{node['source_name']}__{node['name']}" if node["resource_type"] == "source" else str(node["name"])


def _even(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    return [{column: row.get(column) for column in columns} for row in rows]


def _seed_sql(node: Mapping[str, Any]) -> str:
    path = ROOT / "dbt_project" / node["original_file_path"]
    with path.open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    types = {k: v for k, v in (node["config"].get("column_types") or {}).items() if k in header}
    typed = f", types = {json.dumps(types).replace(chr(34), chr(39))}" if types else ""
    return f"select * from read_csv('{path}', header = true, sample_size = -1{typed})"


@pytest.fixture(scope="session")
def models() -> Models:
    """Models for all tests of a process; import this fixture into the test module."""
    return Models()

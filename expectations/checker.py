"""Runs declared expectations on a DuckDB file through Great Expectations, and says honestly what did not run."""

import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from expectations import duckdb_readonly_dialect
from expectations.declaration import Expectation, Suite
from warehouse.verdict import FAILED, NOT_CHECKED, PASSED, Check


@cache
def _library() -> tuple[Any, Any]:
    """Great Expectations and its one context of this process: in memory, silent, without analytics."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    # It logs hundreds of lines at import once somebody has set up logging (Airflow does).
    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    # Inside the function, because the import takes seconds.
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    logging.getLogger(ProgressBarsConfig.__module__).setLevel(logging.ERROR)  # this one sets a level of its own
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    return gx, context


class Checker:
    """Checks tables of one read-only DuckDB file; use `checker`, which closes it again."""

    def __init__(self, path: Path, limit_seconds: float) -> None:
        """Connect, and start the clock; the file is not changed."""
        duckdb_readonly_dialect.register()
        self._gx, context = _library()
        self._sources = context.data_sources
        self._name = f"{path.stem}-{threading.get_ident()}-{id(self)}"
        self._source = self._sources.add_sql(
            self._name,
            connection_string=f"{duckdb_readonly_dialect.NAME}:///{path}",
            create_temp_table=False,
            kwargs={"connect_args": {"read_only": True}},
        )
        self._path = str(path)
        self._closed = threading.Event()
        self.expired = limit_seconds <= 0
        threading.Thread(target=self._keep_time, args=(limit_seconds,), daemon=True).start()

    def check(self, table: str, suite: Suite, schema: str = "marts", neighbours: str = "marts") -> list[Check]:
        """Run a suite; if anything raised, run its expectations one by one, because one exception spills over all."""
        try:
            asset = self._source.add_table_asset(f"{schema}.{table}", table_name=table, schema_name=schema)
            batch = asset.add_batch_definition_whole_table("whole").get_batch()
        except Exception as error:  # whatever stops the library, the answer is: not checked
            return [_outcome(table, expectation, NOT_CHECKED, _short(error)) for expectation in suite]
        checks = self._validate(batch, table, suite, neighbours)
        if any(check.outcome == NOT_CHECKED for check in checks):
            checks = [check for one in suite for check in self._validate(batch, table, (one,), neighbours)]
        return checks

    def _validate(self, batch: Any, table: str, suite: Suite, neighbours: str) -> list[Check]:
        if self.expired:
            return [
                _outcome(table, expectation, NOT_CHECKED, "the time limit of the gate was over")
                for expectation in suite
            ]
        by_name = {expectation.name: expectation for expectation in suite}
        try:
            built = [self._build(expectation, neighbours) for expectation in suite]
            results = batch.validate(self._gx.ExpectationSuite(name=table, expectations=built)).to_json_dict()[
                "results"
            ]
        except Exception as error:  # as above
            return [_outcome(table, expectation, NOT_CHECKED, _short(error)) for expectation in suite]
        return [_check(table, by_name[r["expectation_config"]["meta"]["name"]], r) for r in results]

    def _build(self, expectation: Expectation, neighbours: str) -> Any:
        lib = self._gx.expectations
        classes = {
            "present": lib.ExpectColumnValuesToNotBeNull,
            "one_of": lib.ExpectColumnValuesToBeInSet,
            "within": lib.ExpectColumnValuesToBeBetween,
            "row_count": lib.ExpectTableRowCountToBeBetween,
            "columns": lib.ExpectTableColumnsToMatchSet,
        }
        common = {"severity": expectation.severity, "meta": {"name": expectation.name}}
        if expectation.kind == "no_rows":
            query = expectation.arguments["query"].replace("{schema}", neighbours)
            # The library names what it puts in place of the batch; an alias of ours needs one more select.
            query = query.replace("{batch} as ", "(select * from {batch}) as ")
            return lib.UnexpectedRowsExpectation(unexpected_rows_query=query, description=expectation.reason, **common)
        return classes[expectation.kind](**expectation.arguments, **common)

    def close(self) -> None:
        """Stop the clock and let go of the file."""
        self._closed.set()
        # The library keeps connections in more than one engine, and with them the file.
        for connection in duckdb_readonly_dialect.connections(self._path):
            connection.close()
        self._sources.delete(self._name)

    def _keep_time(self, limit_seconds: float) -> None:
        """Interrupt whatever runs after the limit; again and again, since a query may just be starting."""
        self.expired = self._closed.wait(limit_seconds) is False
        while not self._closed.wait(0.1):
            for connection in duckdb_readonly_dialect.connections(self._path):
                connection.interrupt()


@contextmanager
def checker(path: Path, limit_seconds: float = 600) -> Iterator[Checker]:
    """A checker on a file, closed at the end; after the limit nothing counts as checked any more."""
    opened = Checker(path, limit_seconds)
    try:
        yield opened
    finally:
        opened.close()


def _raised(info: dict[str, Any]) -> str:
    """The message if an expectation raised; the library nests it by metric, or not."""
    for entry in (info, *[value for value in info.values() if isinstance(value, dict)]):
        if entry.get("raised_exception"):
            return str(entry.get("exception_message") or "raised without a message")
    return ""


def _check(table: str, expectation: Expectation, result: dict[str, Any]) -> Check:
    raised = _raised(result["exception_info"])
    if raised:
        return _outcome(table, expectation, NOT_CHECKED, _short(raised))
    found = result["result"]
    unexpected = found.get("unexpected_count", found.get("observed_value") if expectation.kind == "no_rows" else None)
    observed = "" if unexpected is not None else str(found.get("observed_value"))
    return _outcome(table, expectation, PASSED if result["success"] else FAILED, observed, unexpected)


def _outcome(
    table: str, expectation: Expectation, outcome: str, observed: str = "", unexpected: int | None = None
) -> Check:
    return Check(table, expectation.name, expectation.severity, expectation.reason, outcome, observed, unexpected)


def _short(error: object) -> str:
    return " ".join(str(error).split())[:300]

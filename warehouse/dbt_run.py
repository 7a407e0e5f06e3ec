"""One in-process dbt run: quiet, without outside requests, and with errors in one sentence each."""

import logging
import os
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warehouse.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

Progress = Callable[[str], None]


class BuildFailed(RuntimeError):
    """dbt could not build everything; the message names each failed model or test."""


def run_dbt(settings: Settings, work_file: Path, arguments: Sequence[str], progress: Progress | None = None) -> int:
    """Run dbt on a work file; return the number of nodes that ran. Raises `BuildFailed`."""
    # Imported here: dbt takes seconds to import, and most commands never build.
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    target = settings.work / "dbt"
    target.mkdir(parents=True, exist_ok=True)
    full = [
        "--quiet", "--log-path", str(target / "logs"), "--log-level-file", "info", "--no-use-colors",
        *arguments,
        "--project-dir", str(settings.dbt_project), "--profiles-dir", str(settings.dbt_project),
    ]  # fmt: skip
    values = {
        "LIEFERNETZ_CANDIDATE": str(work_file),
        "LIEFERNETZ_DBT_TARGET": str(target / "target"),
        "DO_NOT_TRACK": "1",
    }
    with _environment(values):
        try:
            outcome = dbtRunner(callbacks=[_reporter(progress)] if progress else []).invoke(full)
        finally:
            # dbt keeps its file open after an in-process run (duckdb/dbt-duckdb#616).
            DuckDBConnectionManager.close_all_connections()
            logging.getLogger("dbt").setLevel(logging.WARNING)
    if not outcome.success:
        raise BuildFailed(_sentence(outcome))
    return len(getattr(outcome.result, "results", None) or ())


@contextmanager
def _environment(values: dict[str, str]) -> "Iterator[None]":
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _reporter(progress: Progress | None) -> Callable[[Any], None]:
    def report(message: Any) -> None:
        if progress and message.info.name in ("LogModelResult", "LogSeedResult"):
            progress(message.data.node_info.node_name)

    return report


def _sentence(outcome: Any) -> str:
    if outcome.exception is not None:
        return f"dbt could not start: {outcome.exception}"
    failed = [r for r in outcome.result.results if r.status in ("error", "fail", "runtime error")]
    lines = [f"{r.node.name}: {(r.message or 'failed').strip()}" for r in failed]
    return f"{len(failed)} dbt node(s) failed. " + " | ".join(lines)

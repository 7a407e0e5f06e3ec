"""What many tests share: the sample network, built and released once per test run."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from console.sample_network import SampleNetwork, generate
from expectations.gate import judge
from ingestion.deliver import deliver
from ingestion.held import decide
from ingestion.intake import drain_all
from warehouse.candidate import Candidate, build
from warehouse.ledger import Delivery, Ledger
from warehouse.release import Release, open_release, publish
from warehouse.settings import Settings
from warehouse.verdict import Verdict

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


# Before the plugin that spreads the tests over processes reads the groups.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep a module in one process, and all that use the sample's release together, so that it is built once."""
    for item in items:
        uses_line = "line" in getattr(item, "fixturenames", ())
        item.add_marker(pytest.mark.xdist_group("line" if uses_line else item.path.stem))
    # The longest group first: the other process has all the rest.
    items.sort(key=lambda item: "line" not in getattr(item, "fixturenames", ()))


@dataclass(frozen=True)
class Line:
    """The sample network after it went through the rooms."""

    settings: Settings
    network: SampleNetwork
    deliveries: list[Delivery]
    candidate: Candidate
    verdict: Verdict
    release: Release

    def rows(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        """Query the release."""
        with open_release(self.settings) as connection:
            return connection.execute(sql, list(values)).fetchall()


def home(folder: Path) -> Settings:
    """Settings of an empty home."""
    return Settings(folder, f"sqlite:///{folder / 'ledger.sqlite'}")


def take_all(settings: Settings) -> list[Delivery]:
    """Take the inbox in, and let count what is held as a slip of the unit; return what it was before that."""
    deliveries, ledger = drain_all(settings, AT), Ledger.open(settings)
    for delivery in deliveries:
        if any(reason.code == "unit_slip" for reason in delivery.reasons):
            decide(settings, ledger, delivery.delivery_id, True, "office", "the release shall name it", AT)
    return deliveries


def run_line(settings: Settings) -> tuple[list[Delivery], Candidate, Verdict, Release]:
    """Take the inbox through every room, by the functions that the DAGs call."""
    deliveries = take_all(settings)
    ledger = Ledger.open(settings)
    candidate = build(settings, ledger, AT)
    verdict = judge(settings, candidate.candidate_id, AT)
    problems = [f"{c.table}: {c.name} {c.observed}" for c in verdict.failures if c.severity == "critical"]
    assert verdict.state == "passed", problems + verdict.problems
    return deliveries, candidate, verdict, publish(settings, ledger, candidate.candidate_id, AT)


@pytest.fixture(scope="session")
def line(tmp_path_factory: pytest.TempPathFactory) -> Line:
    """The released sample network; read only, copy `settings.home` before you change anything."""
    settings = home(tmp_path_factory.mktemp("line") / "home")
    network = generate(tmp_path_factory.mktemp("sample"))
    for delivery in network.deliveries:
        deliver(settings, [delivery.path], delivery.source, delivery.sender)
    deliveries, candidate, verdict, release = run_line(settings)
    return Line(settings, network, deliveries, candidate, verdict, release)


@pytest.fixture
def copied_home(line: Line, tmp_path: Path) -> Settings:
    """A copy of the sample's home that a test may change."""
    shutil.copytree(line.settings.home, tmp_path / "home", symlinks=True)
    return home(tmp_path / "home")


@pytest.fixture
def release_sql(line: Line) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection to the sample's release."""
    with open_release(line.settings) as connection:
        yield connection


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real public files, or a skip with a plain reason."""
    folder = os.environ.get("LIEFERNETZ_REAL_DATA")
    if not folder or not Path(folder).is_dir():
        pytest.skip("real public files are not here: set LIEFERNETZ_REAL_DATA to their folder")
    return Path(folder)

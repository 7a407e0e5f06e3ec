"""The candidate: a fresh work file with everything that would be published, before anybody has judged it."""

import argparse
import hashlib
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from warehouse.archive import file_sha256, fsync_folder
from warehouse.connection import connect
from warehouse.dbt_run import Progress, run_dbt
from warehouse.landing_views import attach_landing
from warehouse.ledger import Ledger
from warehouse.ledger.entries import canonical
from warehouse.policy import Policy, load_policy, name_sdc_policy
from warehouse.settings import Settings
from warehouse.snapshot import Snapshot, current_snapshot
from warehouse.writer_lock import writer_lock

_KEPT = 3
_UNFINISHED = "building.duckdb"
# A build checks keys, relations, ranges and conservation of rows. Unit tests belong to the project's own tests, and
# empty cells are the gate's business: hundreds of small checks would double the time of every build.
_BUILD = ("build", "--exclude-resource-type", "unit_test", "--exclude", "test_name:not_null")


@dataclass(frozen=True)
class Candidate:
    """A built work file; `digest` is the sha-256 of its bytes, closed and checkpointed."""

    candidate_id: str
    path: Path
    digest: str
    snapshot_id: str
    seconds: float
    nodes: int


class NothingToBuild(RuntimeError):
    """No accepted delivery yet; deliver a file first."""


def snapshot_now(settings: Settings, ledger: Ledger) -> Snapshot:
    """Return what would be built now: deliveries, models, and the policy that shapes them."""
    return current_snapshot(ledger, code_digest(settings, load_policy(settings)))


def code_digest(settings: Settings, policy: Policy) -> str:
    """Hash the dbt project, the engine and the policy's version: whatever else decides the content of a candidate.

    Never the secret parameters themselves: the digest is published, and few values are worth trying.
    """
    hasher = hashlib.sha256(canonical([policy.sdc.version, policy.network_name]).encode())
    kinds, skipped = {".sql", ".yml", ".csv", ".py", ".json"}, {"target", "logs"}
    for folder in (settings.dbt_project, *map(Path(__file__).with_name, ("disclosure", "graph", "identity"))):
        for path in sorted(folder.rglob("*")):
            relative = path.relative_to(folder)
            if path.suffix in kinds and relative.parts[0] not in skipped:
                hasher.update(f"{relative.as_posix()}\0".encode() + path.read_bytes())
    return hasher.hexdigest()


def candidate_path(settings: Settings, candidate_id: str) -> Path:
    """Return where a candidate lies."""
    return settings.work / f"{candidate_id}.duckdb"


def build(settings: Settings, ledger: Ledger, at: datetime, progress: Progress | None = None) -> Candidate:
    """Build a candidate from the current snapshot into a fresh file.

    Raises `NothingToBuild`, and `BuildFailed` if a model or a data test fails; neither touches any release.
    """
    started = time.monotonic()
    snapshot = snapshot_now(settings, ledger)
    if not snapshot.deliveries:
        raise NothingToBuild("there is no accepted delivery to build from; deliver a file, then try again")
    with writer_lock(settings) as fence:
        name_sdc_policy(ledger, load_policy(settings).sdc, at)
        candidate_id = f"{snapshot.snapshot_id}-{fence}"
        path = candidate_path(settings, candidate_id)
        _remove_old(settings)
        nodes = _write(settings, snapshot, path, _BUILD, progress)
        candidate = Candidate(
            candidate_id, path, file_sha256(path), snapshot.snapshot_id, time.monotonic() - started, nodes
        )
    ledger.record(
        "build",
        candidate_id,
        {
            "snapshot_id": snapshot.snapshot_id,
            "digest": candidate.digest,
            "deliveries": [d.delivery_id for d in snapshot.deliveries],
            "nodes": nodes,
            "seconds": round(candidate.seconds, 3),
        },
        at,
    )
    return candidate


def _write(
    settings: Settings, snapshot: Snapshot, path: Path, arguments: tuple[str, ...], progress: Progress | None
) -> int:
    """Build into a temporary name and rename: a candidate that exists is complete."""
    # Always the same name: with another path in its profile dbt would parse the whole project anew.
    unfinished = path.with_name(_UNFINISHED)
    _forget(unfinished)
    try:
        with connect(unfinished, read_only=False) as connection:
            attach_landing(connection, settings, snapshot, load_policy(settings).sdc)
        nodes = run_dbt(settings, unfinished, arguments, progress)
        with connect(unfinished, read_only=False) as connection:
            connection.execute("force checkpoint")
        unfinished.replace(path)
        fsync_folder(path.parent)
    finally:
        _forget(unfinished)
    return nodes


def _remove_old(settings: Settings) -> None:
    candidates = sorted(settings.work.glob("*-*.duckdb"), key=lambda p: int(p.stem.rsplit("-", 1)[1]))
    for path in candidates[: -(_KEPT - 1)]:
        path.unlink()


def _forget(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.with_name(f"{path.name}.wal").unlink(missing_ok=True)


def _scratch(arguments: list[str] | None = None) -> int:
    """Run dbt by hand on a scratch work file: `python -m warehouse.candidate --dbt "build --select kpi_r01"`."""
    parser = argparse.ArgumentParser(description=_scratch.__doc__)
    parser.add_argument("--dbt", default="build", help="arguments for dbt, as one text")
    options = parser.parse_args(arguments)
    settings = Settings.from_env()
    settings.work.mkdir(parents=True, exist_ok=True)
    path = settings.work / "scratch.duckdb"
    snapshot = snapshot_now(settings, Ledger.open(settings))
    _forget(path)
    nodes = _write(settings, snapshot, path, tuple(options.dbt.split()), print)
    print(f"{nodes} nodes at {datetime.now(UTC):%H:%M:%S}, in {path}")
    return 0


if __name__ == "__main__":
    sys.exit(_scratch())

"""Publishes a candidate that passed the gate: all of it or nothing, and the same release when asked again.

The release is written beside its place, brought to the disk, renamed into place, and only then does the pointer move. A
crash leaves a `.tmp-` folder, which the next attempt removes, or a whole release, which the next attempt recognises.
"""

import shutil
from datetime import datetime
from typing import Any

import duckdb

from warehouse.archive import file_sha256, fsync_folder
from warehouse.ledger import Ledger
from warehouse.page.content import sector_names
from warehouse.policy import load_policy
from warehouse.public_tables import PublicTable, public_tables
from warehouse.release.assemble import Draft, write_release
from warehouse.release.files import only_publisher, sync_tree
from warehouse.release.manifest import MANIFEST, Release, code_digest, listing, load, order
from warehouse.release.pointer import advance, newest
from warehouse.release.refusal import (
    ReleaseRefused,
    refuse_other_bytes,
    refuse_unjudged,
    refuse_unlisted,
    releasable_verdict,
)
from warehouse.release.tables import contents_of, text
from warehouse.settings import Settings
from warehouse.verdict import Verdict, candidate_file


def publish(
    settings: Settings, ledger: Ledger, candidate_id: str, at: datetime, approved_by: str | None = None
) -> Release:
    """Release a candidate; repeating it is harmless. Raises `ReleaseRefused` if it may not go out."""
    with only_publisher(settings.releases):
        _remove_left_overs(settings)
        own = [release for release in listing(settings) if release.candidate_id == candidate_id]
        if own:
            return _finish(settings, ledger, own[-1], at)
        verdict = releasable_verdict(settings, ledger, candidate_id, load_policy(settings), approved_by, at)
        release = _release(settings, verdict, at, approved_by)
        return _finish(settings, ledger, release, at)


def _release(settings: Settings, verdict: Verdict, at: datetime, approved_by: str | None) -> Release:
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        path = candidate_file(settings, verdict.candidate_id)
        connection.execute(f"attach {text(str(path))} as candidate (read_only)")
        connection.execute("use candidate")
        draft = _draft(settings, connection, verdict, at, approved_by)
        refuse_unjudged(verdict, draft.contents)
        same = _same_content(settings, draft)
        if same:
            return same
        temporary = settings.releases / f".tmp-{verdict.candidate_id}"
        temporary.mkdir(mode=0o755)
        write_release(connection, draft, temporary)
    refuse_other_bytes(settings, verdict)
    sync_tree(temporary)
    temporary.rename(settings.releases / draft.version)
    fsync_folder(settings.releases)
    return load(settings, draft.version)


def _draft(
    settings: Settings, connection: duckdb.DuckDBPyConnection, verdict: Verdict, at: datetime, approved_by: str | None
) -> Draft:
    tables: list[PublicTable] = public_tables(settings)
    refuse_unlisted(verdict, tables)
    build = connection.execute("select snapshot_id, as_of, catalogue_version from landing.build").fetchone()
    if build is None:
        raise ReleaseRefused(f"Candidate {verdict.candidate_id} does not say what it was built from: build it again.")
    return Draft(
        version=_next_version(settings, at),
        verdict=verdict,
        created_at=at,
        approved_by=approved_by,
        snapshot_id=str(build[0]),
        as_of=build[1],
        catalogue_version=str(build[2]),
        models_sha256=code_digest(settings),
        previous=newest(settings),
        tables=tables,
        contents=contents_of(connection, tables),
        policy=load_policy(settings),
        sectors=sector_names(settings.dbt_project / "seeds"),
    )


def _next_version(settings: Settings, at: datetime) -> str:
    """The next number in the year of publication; the numbers of retracted releases are not used again."""
    used = [order(release.version) for release in listing(settings)]
    last = max((number for year, number in used if year == at.year), default=0)
    return f"{at.year}.{last + 1}"


def _same_content(settings: Settings, draft: Draft) -> Release | None:
    """An earlier release of the same snapshot with the same content; a retracted one may not come back unseen."""
    digests = {content.table.name: content.digest for content in draft.contents}
    for release in reversed(listing(settings)):
        tables: dict[str, Any] = release.manifest["tables"]
        if release.snapshot_id == draft.snapshot_id and {n: t["digest"] for n, t in tables.items()} == digests:
            if release.retracted is not None:
                raise ReleaseRefused(
                    f"Release {release.version} had the same content and was retracted ({release.retracted}): "
                    "deliver a correction, or change the models, and build again."
                )
            return release
    return None


def _finish(settings: Settings, ledger: Ledger, release: Release, at: datetime) -> Release:
    """Move the pointer and write the ledger entry, if an earlier attempt did not get that far."""
    fsync_folder(settings.releases)
    advance(settings, release)
    if not ledger.steps(step="release", subject=release.version):
        payload = {
            "version": release.version,
            "candidate_id": release.candidate_id,
            "snapshot_id": release.snapshot_id,
            "manifest_sha256": file_sha256(release.path / MANIFEST),
            "verdict_digest": release.manifest["verdict"]["digest"],
            "approved_by": release.manifest["approved_by"],
        }
        ledger.record("release", release.version, payload, at)
    return release


def _remove_left_overs(settings: Settings) -> None:
    """Nobody else publishes now, so every temporary folder belongs to an attempt that died."""
    for path in settings.releases.glob(".tmp-*"):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()

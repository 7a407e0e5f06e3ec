"""Verbs around releases: release, release show/verify/diff/retract, releases."""

from pathlib import Path
from typing import Annotated

import typer

from console import line
from console.look import now
from console.output import Json, draw, emit, safe, say
from console.steps import newest_candidate
from warehouse import release as room
from warehouse.ledger import Ledger
from warehouse.settings import Settings

group = typer.Typer(invoke_without_command=True, help="Publish what the gate passed; show, verify, compare, retract.")
Version = Annotated[str, typer.Argument(help="A release version, see `liefernetz releases`.")]


def register(app: typer.Typer) -> None:
    """Add the verbs of this module."""
    app.add_typer(group, name="release")
    app.command("releases")(releases)


@group.callback()
def publish(
    context: typer.Context,
    approve: Annotated[str | None, typer.Option(help="Who approves; recorded in ledger and release.")] = None,
    candidate: Annotated[str | None, typer.Option(help="A candidate; without it, the newest.")] = None,
    as_json: Json = False,
) -> None:
    """Publish the candidate that the gate passed; repeating it is harmless."""
    if context.invoked_subcommand:
        return
    chosen = candidate or newest_candidate(Settings.from_env())
    result = line.publish(chosen, approve)
    result["path"] = str(room.load(Settings.from_env(), str(result["version"])).path)

    def render() -> None:
        say(f"[green]✓[/green] release {safe(result['version'])} in {safe(result['path'])}")
        say("Next: `liefernetz kpi R01`, `liefernetz release verify " + safe(result["version"]) + "`.")

    emit(result, as_json, render)


@group.command("show")
def show(version: Version, as_json: Json = False) -> None:
    """Show what a release holds: tables, files, deliveries, verdict."""
    found = room.load(Settings.from_env(), version)

    def render() -> None:
        facts = found.to_dict()
        draw(f"Release {version}", ["field", "value"], [[k, v] for k, v in facts.items() if k != "rows"])
        columns = ["path", "audience", "rows", "size", "sha256"]
        draw("", columns, [[entry.get(name) for name in columns] for entry in found.manifest["files"]])
        say(f"Notes: {safe(found.path / 'notes.md')}")

    emit(found.to_dict() | {"path": str(found.path), "manifest": found.manifest}, as_json, render)


@group.command("verify")
def verify(
    version: Version,
    signers: Annotated[Path | None, typer.Option(help="File of allowed signers; it must then be signed.")] = None,
    as_json: Json = False,
) -> None:
    """Recompute every hash, row count and digest of a release; exit code 1 if anything differs."""
    settings = Settings.from_env()
    problems = room.verify(settings, version, signers)

    def render() -> None:
        for problem in problems:
            say(f"[red]✗[/red] {safe(problem)}")
        if not problems:
            say(f"[green]✓[/green] release {safe(version)} is what was published")

    emit({"version": version, "problems": problems}, as_json, render)
    if problems:
        raise typer.Exit(1)


@group.command("diff")
def diff(older: Version, newer: Version, as_json: Json = False) -> None:
    """Show what differs between two releases, with the class of each difference."""
    found = room.diff(Settings.from_env(), older, newer)

    def render() -> None:
        rows = [
            [c.table, c.added, c.removed, c.changed, ", ".join(f"{k} {n}" for k, n in c.classes.items())]
            for c in found.tables
            if c.total
        ]
        draw(f"{older} → {newer}", ["table", "added", "removed", "changed", "why"], rows)
        say(
            f"{found.unexplained} rows differ without a known cause."
            if found.unexplained
            else "Every difference has a cause."
        )

    emit(found.to_dict(), as_json, render)


@group.command("retract")
def retract(
    version: Version,
    reason: Annotated[str, typer.Option(help="Why; stands in the release for ever. Never name a withheld cell.")],
    as_json: Json = False,
) -> None:
    """Take a release back: it stays readable, marked as retracted, and the former one becomes current."""
    settings = Settings.from_env()
    room.retract(settings, Ledger.open(settings), version, reason, now())
    current = room.current(settings)
    result = {"version": version, "retracted": reason, "current": current.version if current else None}
    emit(
        result,
        as_json,
        lambda: say(f"[green]✓[/green] {safe(version)} is retracted; current is now {result['current'] or 'none'}"),
    )


def releases(as_json: Json = False) -> None:
    """List releases, oldest first, with the current one marked."""
    settings = Settings.from_env()
    current = room.current(settings)
    found = [
        release.to_dict() | {"current": current is not None and release.version == current.version}
        for release in room.listing(settings)
    ]

    def render() -> None:
        if not found:
            say("No release yet. Next: `liefernetz demo`, or deliver files and run `liefernetz sweep`.")
            return
        columns = ["version", "created_at", "previous", "approved_by", "retracted", "current"]
        draw("", columns, [[row[name] for name in columns] for row in found])

    emit(found, as_json, render)

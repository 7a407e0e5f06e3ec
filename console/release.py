"""Verbs around releases: release, release show/verify/diff/retract, releases."""

from typing import Annotated, Any

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

    def render() -> None:
        say(f"[green]✓[/green] release {safe(result['version'])} in {safe(result['path'])}")
        say("Next: `liefernetz kpi R01`, `liefernetz release verify " + safe(result["version"]) + "`.")

    emit(result, as_json, render)


@group.command("show")
def show(version: Version, as_json: Json = False) -> None:
    """Show what a release holds: tables, files, deliveries, verdict."""
    found = room.show(Settings.from_env(), version)

    def render() -> None:
        draw(f"Release {version}", ["field", "value"], [[k, v] for k, v in found.items() if not isinstance(v, list | dict)])
        files = found.get("files", [])
        draw("", ["file", "audience", "rows", "bytes", "sha256"],
             [[f["path"], f.get("audience"), f.get("rows"), f["size"], f["sha256"][:16] + "…"] for f in files])  # fmt: skip

    emit(found, as_json, render)


@group.command("verify")
def verify(version: Version, as_json: Json = False) -> None:
    """Recompute every hash, row count and digest of a release; exit code 1 if anything differs."""
    settings = Settings.from_env()
    problems = room.verify(settings, version)

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
    changes: Any = room.diff(Settings.from_env(), older, newer)

    def render() -> None:
        rows = [[value for value in change.values()] for change in changes]
        draw(f"{older} → {newer}", list(changes[0]) if changes else ["no difference"], rows)

    emit(changes, as_json, render)


@group.command("retract")
def retract(
    version: Version,
    reason: Annotated[str, typer.Option(help="Why; stands in the release for ever. Never name a withheld cell.")],
    as_json: Json = False,
) -> None:
    """Take a release back: it stays readable, marked as retracted, and the former one becomes current."""
    settings = Settings.from_env()
    current = room.retract(settings, Ledger.open(settings), version, reason, now())
    result = {"version": version, "retracted": True, "current": current}
    emit(result, as_json, lambda: say(f"[green]✓[/green] {safe(version)} is retracted; current is {current or 'none'}"))


def releases(as_json: Json = False) -> None:
    """List releases, newest last, with the current one marked."""
    found = room.listing(Settings.from_env())

    def render() -> None:
        if not found:
            say("No release yet. Next: `liefernetz demo`, or deliver files and run `liefernetz sweep`.")
            return
        draw("", list(found[0]), [list(row.values()) for row in found])

    emit(found, as_json, render)

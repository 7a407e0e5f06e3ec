"""The steps of the line by hand: sweep, build, gate. They call what the DAGs call (`line.py`)."""

from typing import Annotated

import typer

from console import line
from console.line import GateRefused
from console.look import now
from console.output import Json, emit, safe, say
from ingestion.declarations import declarations
from warehouse import candidate as candidates
from warehouse.ledger import Ledger
from warehouse.policy import load_policy
from warehouse.settings import Settings

__all__ = ["GateRefused", "UnknownSource", "known_source", "register"]


class UnknownSource(ValueError):
    """There is no source of this name; the message lists those there are."""


def register(app: typer.Typer) -> None:
    """Add the verbs of this module."""
    app.command("sweep")(sweep)
    app.command("build")(build)
    app.command("gate")(gate)


def newest_candidate(settings: Settings) -> str:
    """Return the id of the newest candidate that still exists."""
    for step in reversed(Ledger.open(settings).steps("build")):
        if candidates.candidate_path(settings, step.subject).exists():
            return step.subject
    raise candidates.NothingToBuild("there is no candidate; run `liefernetz build` first")


def known_source(source: str) -> str:
    """Return the name of a declared source, or raise `UnknownSource`."""
    if source not in declarations():
        raise UnknownSource(f"there is no source {source!r}; choose one of {', '.join(sorted(declarations()))}")
    return source


def sweep(
    land_only: Annotated[bool, typer.Option("--land-only", help="Take deliveries in and stop there.")] = False,
    as_json: Json = False,
) -> None:
    """Process what waits, without a scheduler: land every inbox; if something changed, build, judge and release.

    It stops before the release where the network's policy asks for the approval of a person.
    """
    settings = Settings.from_env()
    result = dict(line.sweep())
    if not land_only and (candidate := line.build(None)):
        result["candidate"] = candidate
        result["gate"] = line.gate(str(candidate["candidate_id"]))
        if not load_policy(settings).approval_required:
            if line.embargoed():
                result["waits"] = "The gate passed, and an embargo holds: a sweep after its end releases the candidate."
            else:
                result["release"] = line.publish(str(candidate["candidate_id"]), None)

    def render() -> None:
        say(f"[green]✓[/green] {result.get('landed', 0)} deliveries taken in")
        if "release" in result:
            say(f"[green]✓[/green] released as {safe(result['release']['version'])}")
        elif "waits" in result:
            say(safe(result["waits"]))
        elif "gate" in result:
            say("The gate passed. This network asks for approval: `liefernetz release --approve NAME`.")
        elif not land_only:
            say("Nothing new to build.")
        say("Next: `liefernetz deliveries`, `liefernetz releases`.")

    emit(result, as_json, render)


def build(as_json: Json = False) -> None:
    """Build a candidate from all accepted deliveries into a fresh file."""
    settings = Settings.from_env()
    progress = None if as_json else lambda node: say(f"  [dim]{safe(node)}[/dim]")
    candidate = candidates.build(settings, Ledger.open(settings), now(), progress)

    def render() -> None:
        say(f"[green]✓[/green] candidate {candidate.candidate_id} in {candidate.seconds:.1f} s")
        say("Next: `liefernetz gate`.")

    emit(candidate, as_json, render)


def gate(
    candidate_id: Annotated[str | None, typer.Argument(help="A candidate; without it, the newest.")] = None,
    as_json: Json = False,
) -> None:
    """Judge a candidate; exit code 1 unless it passed."""
    chosen = candidate_id or newest_candidate(Settings.from_env())
    verdict = line.judged(chosen)

    def render() -> None:
        for check in verdict.failures:
            say(f"[red]✗[/red] {safe(check.table)}: {safe(check.name)} ({check.severity}) – {safe(check.reason)}")
            say(f"  found {safe(check.observed or 'nothing')}")
        for problem in verdict.problems:
            say(f"[red]✗[/red] {safe(problem)}")
        mark = "[green]✓[/green]" if verdict.state == "passed" else "[red]✗[/red]"
        say(f"{mark} candidate {chosen}: {verdict.state}, {len(verdict.checks)} checks in {verdict.seconds:.1f} s")
        if verdict.state == "passed":
            say("Next: `liefernetz release`.")

    emit(verdict.to_dict(), as_json, render)
    if verdict.state != "passed":
        raise typer.Exit(1)

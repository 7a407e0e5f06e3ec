"""Verbs for auditors: what an outside attacker gets to try the confidentiality of a release."""

from pathlib import Path
from typing import Annotated, Any

import typer

from console.output import Json, emit, say
from warehouse.audit_export import export_audit
from warehouse.settings import Settings

audit = typer.Typer(help="Let somebody else attack the benchmarks.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the verbs of this module."""
    app.add_typer(audit, name="audit")


@audit.callback()
def verbs() -> None:
    """Let somebody else attack the benchmarks."""


@audit.command("export")
def export(
    folder: Annotated[Path, typer.Argument(help="An empty or new folder; it will hold secrets.")],
    candidate: Annotated[str | None, typer.Option(help="A candidate; without it, the newest.")] = None,
    as_json: Json = False,
) -> None:
    """Write every benchmark table with printed and true values, and the hierarchies, for an outside auditor."""
    made = export_audit(Settings.from_env(), folder, candidate)
    summary: dict[str, Any] = {"candidate": made.candidate_id, "tables": made.tables, "cells": made.cells,
                               "suppressed": made.suppressed}  # fmt: skip
    emit(summary, as_json, lambda: say(
        f"{made.tables} tables with {made.cells} cells, {made.suppressed} of them withheld, in {folder}. "
        "They hold true values: for the auditor only."))  # fmt: skip

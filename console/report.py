"""The verb `report`: the private report of one company, or of all."""

import time
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import click
import typer

from console.output import Json, emit, safe, say
from warehouse.report import write_reports
from warehouse.settings import Settings


class Language(StrEnum):
    """The languages that the report has words for."""

    EN = "en"
    DE = "de"


def register(app: typer.Typer) -> None:
    """Add the verb of this module."""
    app.command("report")(report)


def report(
    company: Annotated[str | None, typer.Argument(help="Id of a company, for example C0001.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Write the reports of all companies of the release.")] = False,
    out: Annotated[
        Path | None, typer.Option(help="Folder for the reports; without it, reports/VERSION in the home.")
    ] = None,
    lang: Annotated[Language, typer.Option(help="Language of the page.")] = Language.EN,
    release: Annotated[str | None, typer.Option(help="A release version; without it, the current one.")] = None,
    as_json: Json = False,
) -> None:
    """Write private reports: own values and place among peers, readable for their owner only."""
    if (company is None) != every:
        raise click.UsageError("name one company, or --all for every one")
    started = time.monotonic()
    written = write_reports(Settings.from_env(), company, release, out, lang.value)
    seconds = round(time.monotonic() - started, 2)
    result: dict[str, Any] = {
        "version": written.version,
        "folder": str(written.folder),
        "reports": [str(path) for path in written.paths],
        "seconds": seconds,
    }

    def render() -> None:
        where = written.folder if every else written.paths[0]
        count = f"{len(written.paths)} private report{'' if len(written.paths) == 1 else 's'}"
        say(f"[green]✓[/green] {count} of release {safe(written.version)} in {seconds:.1f} s: {safe(where)}")
        say("Each is for its company only: hand over one file at a time, and never beside the public part.")

    emit(result, as_json, render)

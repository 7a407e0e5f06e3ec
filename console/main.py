"""The `liefernetz` command. Exit codes: 0 done, 1 refused by data or gate, 2 wrong usage."""

import atexit
import logging
import os
import sys

import click
import typer

from console import (
    audit,
    decisions,
    deliveries,
    demo,
    doctor,
    identity,
    look,
    questionnaire,
    release,
    report,
    scaffold,
    steps,
    template,
)
from console.airflow_server import AirflowNotStarted
from console.output import errors, safe
from ingestion.held import NotHeld
from ingestion.questionnaires.campaign import CampaignRefused, CampaignUnusable
from warehouse.audit_export import NothingToAudit
from warehouse.candidate import NothingToBuild
from warehouse.dbt_run import BuildFailed
from warehouse.identity.decisions import DecisionRefused
from warehouse.ledger import UnknownDelivery
from warehouse.policy import PolicyError
from warehouse.release import NoRelease, NothingToExplain, ReleaseRefused
from warehouse.report import ReportRefused, UnknownCompany
from warehouse.verdict import NoVerdict

app = typer.Typer(
    name="liefernetz",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    help="Event-driven ESG data pipeline for supply networks: deliveries in, confidential and traceable releases out.",
    epilog="Start with [bold]liefernetz demo[/bold]. State lives in LIEFERNETZ_HOME (default warehouse/data). "
    "Exit codes: 0 done, 1 refused by data or gate, 2 wrong usage.",
)
for room in (
    demo,
    deliveries,
    decisions,
    steps,
    release,
    report,
    look,
    identity,
    doctor,
    scaffold,
    template,
    questionnaire,
    audit,
):
    room.register(app)

_REFUSED = (
    AirflowNotStarted,
    BuildFailed,
    CampaignRefused,
    NothingToBuild,
    NoVerdict,
    ReleaseRefused,
    ReportRefused,
    demo.NotADemoHome,
    steps.GateRefused,
)
_WRONG_USAGE = (
    CampaignUnusable,
    DecisionRefused,
    NoRelease,
    NotHeld,
    NothingToAudit,
    NothingToExplain,
    PolicyError,
    UnknownCompany,
    UnknownDelivery,
    look.NotFound,
    questionnaire.UnknownQuestionnaire,
    scaffold.CannotAdd,
    steps.UnknownSource,
    template.NoTemplate,
)


def main() -> None:
    """Run the command; an error is one sentence and a next step, never a traceback."""
    atexit.register(_end_quietly)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        sys.exit(app(standalone_mode=False) or 0)
    except _REFUSED as refusal:
        _stop(refusal, 1)
    except _WRONG_USAGE as mistake:
        _stop(mistake, 2)
    except click.exceptions.Abort:
        _stop("stopped", 130)
    except click.ClickException as mistake:
        mistake.show()
        sys.exit(2)
    except OSError as trouble:
        _stop(f"{trouble.strerror or trouble}: {trouble.filename or ''} – check space and permissions", 1)


def _end_quietly() -> None:
    # Great Expectations keeps DuckDB's types in memory, which its binding reports as leaks after everything is done:
    # pages of addresses below the answer. Registered first, this runs last, when nothing of ours can still speak.
    sys.stdout.flush()
    sys.stderr.flush()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def _stop(message: object, code: int) -> None:
    text = message.args[0] if isinstance(message, KeyError) and message.args else message
    errors.print(f"[red]✗[/red] {safe(text)}")
    sys.exit(code)


if __name__ == "__main__":
    main()

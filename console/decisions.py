"""Verbs that the ledger keeps or proves: decide, ledger."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from console.deliveries import listed
from console.output import Json, emit, safe, say
from ingestion import held
from warehouse.ledger import Ledger
from warehouse.settings import Settings


def register(app: typer.Typer) -> None:
    """Add the verbs of this module."""
    app.command("decide")(decide)
    app.command("ledger")(ledger)


def decide(
    delivery_id: Annotated[str, typer.Argument(help="A held delivery.")],
    accept: Annotated[bool, typer.Option("--accept/--refuse", help="Let it count, or reject it.")],
    by: Annotated[str, typer.Option(help="Who decides; it stays in the ledger.")],
    why: Annotated[str, typer.Option(help="The reason; it stays in the ledger.")],
    as_json: Json = False,
) -> None:
    """Accept or refuse a held delivery; the decision is kept and counts from then on."""
    settings = Settings.from_env()
    decided = held.decide(settings, Ledger.open(settings), delivery_id, accept, by, why, datetime.now(UTC))
    emit(listed(decided), as_json, lambda: say(f"Delivery {safe(delivery_id)} is now {decided.outcome}."))


def ledger(as_json: Json = False) -> None:
    """Verify the hash chain of the ledger; exit code 1 if an entry was changed, removed or inserted."""
    book = Ledger.open(Settings.from_env())
    problems = book.verify()
    seq, head = book.head()

    def render() -> None:
        for problem in problems:
            say(f"[red]✗[/red] {safe(problem)}")
        if not problems:
            say(f"[green]✓[/green] {seq} entries, chain holds, newest {head[:16]}…")

    emit({"entries": seq, "head": head, "problems": problems}, as_json, render)
    if problems:
        raise typer.Exit(1)

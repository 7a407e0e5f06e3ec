"""Verbs around deliveries: deliver, deliveries, quarantine."""

from pathlib import Path
from typing import Annotated, Any

import typer

from console.output import Json, console, draw, emit, errors, safe, say
from console.steps import known_source
from ingestion import deliver as inbox
from ingestion.findings import write_findings
from warehouse.connection import connect
from warehouse.ledger import Delivery, Ledger
from warehouse.settings import Settings

_LISTED = (
    "delivery_id", "source", "sender", "file_name", "sha256", "size", "received_at", "format", "declared_version",
    "snapshot_at", "outcome", "rows_in", "rows_accepted", "rows_quarantined", "reasons", "periods", "duplicate_of",
)  # fmt: skip

_WARNINGS = ("missing_should", "unknown_column")


def register(app: typer.Typer) -> None:
    """Add the verbs of this module."""
    app.command("deliver")(deliver)
    app.command("deliveries")(list_deliveries)
    app.command("quarantine")(quarantine)


def deliver(
    files: Annotated[list[Path], typer.Argument(exists=True, dir_okay=False, help="Files to deliver.")],
    source: Annotated[str, typer.Option(help="What kind of data: see `liefernetz deliver --help-sources`.")],
    sender: Annotated[str, typer.Option(help="Who sends it; decides which snapshot a new one replaces.")] = "unknown",
    as_json: Json = False,
) -> None:
    """Put files into the inbox the right way: written under a temporary name, flushed, then renamed into place."""
    placed = inbox.deliver(Settings.from_env(), files, known_source(source), sender)

    def render() -> None:
        for path in placed:
            say(f"[green]✓[/green] {safe(path)}")
        say("Next: a running `liefernetz serve` takes it in by itself; without one, `liefernetz sweep`.")

    emit([{"path": path, "source": source, "sender": sender} for path in placed], as_json, render)


def list_deliveries(
    delivery_id: Annotated[str | None, typer.Argument(help="One delivery; without it, all.")] = None,
    source: Annotated[str | None, typer.Option(help="Only this source.")] = None,
    outcome: Annotated[str | None, typer.Option(help="Only this outcome, e.g. rejected.")] = None,
    findings: Annotated[Path | None, typer.Option(help="Write the answer to the sender as XLSX.")] = None,
    as_json: Json = False,
) -> None:
    """Show what was delivered and what became of it, with reasons and what to do."""
    settings = Settings.from_env()
    ledger = Ledger.open(settings)
    found = [ledger.delivery(delivery_id)] if delivery_id else ledger.deliveries(source, outcome)

    def render() -> None:
        if delivery_id:
            _draw_one(found[0])
        elif found:
            _draw_all(found)
        else:
            say("No deliveries yet. Next: `liefernetz deliver FILE --source SOURCE`, or `liefernetz demo`.")

    emit([listed(delivery) for delivery in found], as_json, render)
    if findings is not None:
        if not delivery_id:
            raise typer.BadParameter("--findings answers one delivery: name its id")
        count = write_findings(settings, found[0], findings)
        errors.print(f"{count} findings in {safe(findings)}, in English and German")


def listed(delivery: Delivery) -> dict[str, Any]:
    """Return the public fields of a delivery."""
    plain = delivery.to_dict()
    return {name: plain[name] for name in _LISTED}


def first_reason(delivery: Delivery) -> str:
    """Return one line that says why a delivery was not simply accepted."""
    if delivery.duplicate_of:
        return f"same bytes as {delivery.duplicate_of}"
    if not delivery.reasons:
        return ""
    # Where rows were quarantined, that is what the sender must hear first; warnings can wait.
    lost = [r for r in delivery.reasons if r.code not in _WARNINGS] if delivery.rows_quarantined else []
    reason = (lost or list(delivery.reasons))[0]
    where = f"row {reason.row}: " if reason.row is not None else ""
    return f"{where}{reason.message}"


def _draw_all(found: list[Delivery]) -> None:
    rows = [
        [d.delivery_id, d.source, d.sender, d.file_name, d.outcome, d.rows_in, d.rows_accepted, d.rows_quarantined]
        for d in found
    ]
    draw("", ["delivery", "source", "sender", "file", "outcome", "rows", "accepted", "quarantined"], rows)
    say("One with all reasons: `liefernetz deliveries ID`; its bad rows: `liefernetz quarantine ID`.")


def _draw_one(delivery: Delivery) -> None:
    draw("", ["field", "value"], [[k, v] for k, v in listed(delivery).items() if k != "reasons"])
    for reason in delivery.reasons:
        where = f"row {reason.row}, " if reason.row is not None else ""
        where += f"field {reason.field}: " if reason.field else ""
        times = f" ({reason.count} times)" if reason.count > 1 else ""
        console.print(f"• [bold]{safe(reason.code)}[/bold] {safe(where)}{safe(reason.message)}{times}")
        console.print(f"  → {safe(reason.fix)}")


def quarantine(
    delivery_id: Annotated[str, typer.Argument(help="A delivery with quarantined rows.")], as_json: Json = False
) -> None:
    """Show the rows of a delivery that were not accepted: where, what was found, how to fix it."""
    settings = Settings.from_env()
    delivery = Ledger.open(settings).delivery(delivery_id)
    path = settings.landing / delivery.source / delivery.delivery_id / "quarantine.parquet"
    rows: list[dict[str, Any]] = []
    if path.exists():
        with connect(Path(":memory:"), read_only=False) as connection:
            result = connection.execute("select * from read_parquet(?) order by row_number, code", [str(path)])
            names = [column[0] for column in result.description]
            rows = [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def render() -> None:
        if not rows:
            say(f"Delivery {safe(delivery_id)} has no quarantined rows; its outcome is {delivery.outcome}.")
            return
        shown = ["source_ref", "field", "found", "message", "fix"]
        draw("", ["where", "field", "found", "message", "what to do"], [[r[c] for c in shown] for r in rows])

    emit(rows, as_json, render)

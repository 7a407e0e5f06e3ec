"""`demo` and `serve`: the sample network through the real line, and the line for good."""

import tempfile
import time
from pathlib import Path
from typing import Annotated, Any

import typer

from console import demo_report
from console.airflow_server import airflow_server
from console.follow import Follower
from console.output import Json, console, emit, errors, safe, say
from console.sample_network import SampleNetwork, generate
from ingestion.deliver import deliver
from warehouse.ledger import Ledger
from warehouse.settings import Settings

_POLICY = """\
# Policy of the sample network. Synthetic: no company in it exists.
network_name: sample network (synthetic)
periods: [2023, 2024, 2025]
# A build waits until each of these has delivered for the period.
required_sources: [certification_registry, company_register, context_data, purchase_lines, supplier_survey,
  survey_requests, trade_data]
"""


class NotADemoHome(ValueError):
    """The home holds deliveries of a network that is not the sample."""


def register(app: typer.Typer) -> None:
    """Add the verbs of this module."""
    app.command("demo")(demo)
    app.command("serve")(serve)


def demo(
    no_ui: Annotated[
        bool, typer.Option("--no-ui", help="Same DAGs and rooms in one process, without a server.")
    ] = False,
    seed: Annotated[int, typer.Option(help="Seed of the sample network.")] = 2020,
    timeout: Annotated[int, typer.Option(help="Give up after so many seconds without any progress.")] = 240,
    as_json: Json = False,
) -> None:
    """Run the synthetic sample network through the whole line: inbox, Airflow, KPIs, gate, release."""
    settings = Settings.from_env()
    prepare(settings)
    tell = _quiet if as_json else say
    seconds: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="liefernetz-sample-") as folder:
        started = time.monotonic()
        network = generate(Path(folder), seed)
        seconds["sample"] = time.monotonic() - started
        tell(
            f"[green]✓[/green] sample network (synthetic): {len(network.deliveries)} files in {seconds['sample']:.1f} s"
        )
        follower = Follower(settings, tell, timeout)
        _run(settings, network, follower, no_ui, seconds)
    report = demo_report.collect(settings, follower.seen, seconds | follower.seconds)
    emit(report, as_json, lambda: demo_report.render(report))
    if follower.refusal:
        errors.print(f"[red]✗[/red] {safe(follower.refusal)}")
        raise typer.Exit(1)


def prepare(settings: Settings) -> None:
    """Give the home the policy of the sample network; refuse a home that holds somebody else's deliveries."""
    if settings.policy_file.exists() and settings.policy_file.read_text(encoding="utf-8") == _POLICY:
        return
    if settings.policy_file.exists() or Ledger.open(settings).deliveries():
        raise NotADemoHome(
            f"{settings.home} holds a network of its own, and the demo would mix synthetic companies into it; "
            "set LIEFERNETZ_HOME to an empty folder"
        )
    settings.home.mkdir(parents=True, exist_ok=True)
    settings.policy_file.write_text(_POLICY, encoding="utf-8")


def _run(
    settings: Settings, network: SampleNetwork, follower: Follower, no_ui: bool, seconds: dict[str, float]
) -> None:
    started = time.monotonic()
    if no_ui:
        # Imported here: Airflow takes seconds to import, and with a server this process never needs it.
        from console.airflow_in_process import run_line

        _deliver(settings, network, follower)
        run_line(settings, follower.tell)
        follower.look()
        seconds["line"] = time.monotonic() - started
        return
    with airflow_server(settings, follower.tell) as server:
        seconds["airflow start"] = time.monotonic() - started
        follower.tell(f"[green]✓[/green] Airflow at {server.url} after {seconds['airflow start']:.1f} s")
        _deliver(settings, network, follower)
        follower.wait()
        stopping = time.monotonic()
    seconds["airflow stop"] = time.monotonic() - stopping


def _deliver(settings: Settings, network: SampleNetwork, follower: Follower) -> None:
    for delivery in network.deliveries:
        deliver(settings, [delivery.path], delivery.source, delivery.sender)
    follower.expect(len(network.deliveries))
    follower.tell(
        f"[green]✓[/green] {len(network.deliveries)} files in the inbox; from here on only events move things"
    )


def serve(
    port: Annotated[int | None, typer.Option(help="Port of the web interface; without it, a free one.")] = None,
) -> None:
    """Start Airflow with our DAGs and stay, until Ctrl-C."""
    settings = Settings.from_env()
    with airflow_server(settings, say, port=port) as server:
        say(f"[green]✓[/green] Airflow at {server.url}, user {server.user}, password in {safe(server.password_file)}")
        say("Deliver with `liefernetz deliver FILE --source SOURCE`; stop with Ctrl-C.")
        try:
            server.wait()
        except KeyboardInterrupt:
            console.print("stopping …")


def _quiet(_: Any) -> None:
    """Say nothing: with --json only the result is printed."""

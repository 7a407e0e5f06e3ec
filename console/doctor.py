"""`doctor`: is the installation sound, does anything hang, does somebody watch the inbox?"""

import importlib.metadata
import os
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import typer

from console.look import now
from console.output import Json, emit, safe, say
from ingestion import intake
from warehouse import release
from warehouse.ledger import Ledger
from warehouse.policy import load_policy
from warehouse.settings import Settings

_PARTS = ("apache-airflow", "dbt-core", "dbt-duckdb", "duckdb", "great-expectations", "pandas", "pyarrow")
_STUCK_SECONDS = 600
_SILENT_SECONDS = 120
_LEAST_FREE = 500 << 20


@dataclass(frozen=True)
class Finding:
    """One check: `state` is ok, warning or problem; `fix` says what to do."""

    check: str
    state: str
    message: str
    fix: str = ""


def register(app: typer.Typer) -> None:
    """Add the verbs of this module."""
    app.command("doctor")(doctor)


def doctor(as_json: Json = False) -> None:
    """Check installation, permissions, ledger, stuck deliveries and watchers; exit code 1 on a problem."""
    settings = Settings.from_env()
    checks: tuple[Callable[[Settings], list[Finding]], ...] = (
        _installation, _home, _policy, _ledger, _stuck, _watchers, _release,
    )  # fmt: skip
    findings = [finding for check in checks for finding in check(settings)]
    marks = {"ok": "[green]✓[/green]", "warning": "[yellow]![/yellow]", "problem": "[red]✗[/red]"}

    def render() -> None:
        for finding in findings:
            say(f"{marks[finding.state]} {finding.check}: {safe(finding.message)}")
            if finding.fix:
                say(f"  → {safe(finding.fix)}")

    emit(findings, as_json, render)
    if any(finding.state == "problem" for finding in findings):
        raise typer.Exit(1)


def _installation(_: Settings) -> list[Finding]:
    versions = ", ".join(f"{part} {importlib.metadata.version(part)}" for part in _PARTS)
    python = ".".join(str(part) for part in sys.version_info[:3])
    return [Finding("installation", "ok", f"Python {python}, {versions}")]


def _home(settings: Settings) -> list[Finding]:
    settings.home.mkdir(parents=True, exist_ok=True)
    if not os.access(settings.home, os.W_OK):
        return [Finding("home", "problem", f"{settings.home} is not writable", "give this user the folder")]
    free = shutil.disk_usage(settings.home).free
    if free < _LEAST_FREE:
        return [Finding("home", "problem", f"{free >> 20} MB free under {settings.home}", "free some space")]
    return [Finding("home", "ok", f"{settings.home}, {free >> 30} GB free")]


def _policy(settings: Settings) -> list[Finding]:
    policy = load_policy(settings)
    waits = ", ".join(policy.required_sources) or "nothing in particular"
    return [Finding("policy", "ok", f"network {policy.network_name!r}, a build waits for {waits}")]


def _ledger(settings: Settings) -> list[Finding]:
    problems = Ledger.open(settings).verify()
    if problems:
        return [
            Finding("ledger", "problem", problems[0], "compare with a backup; do not deliver until it is explained")
        ]
    return [Finding("ledger", "ok", "the hash chain holds")]


def _stuck(settings: Settings) -> list[Finding]:
    ledger = Ledger.open(settings)
    late = [
        d for d in ledger.deliveries(outcome="received") if (now() - d.received_at).total_seconds() > _STUCK_SECONDS
    ]
    waiting = [p for p in intake.waiting(settings) if time.time() - p.lstat().st_mtime > _STUCK_SECONDS]
    names = [d.file_name for d in late] + [p.name for p in waiting]
    if not names:
        return [Finding("deliveries", "ok", "nothing hangs")]
    return [Finding("deliveries", "problem", f"{len(names)} wait for over ten minutes, first {names[0]}",
                    "run `liefernetz sweep`, or start `liefernetz serve`")]  # fmt: skip


def _watchers(settings: Settings) -> list[Finding]:
    beats = sorted((settings.home / "airflow" / "heartbeat").glob("*"))
    if not beats:
        return [Finding("watchers", "warning", "no watcher has ever run here", "start `liefernetz serve`")]
    silent = [beat.name for beat in beats if time.time() - beat.stat().st_mtime > _SILENT_SECONDS]
    if silent:
        return [Finding("watchers", "warning", f"silent: {', '.join(silent)}", "start `liefernetz serve`")]
    return [Finding("watchers", "ok", f"{len(beats)} watch the inbox")]


def _release(settings: Settings) -> list[Finding]:
    found = release.listing(settings)
    if not found:
        return [Finding("release", "warning", "nothing is published yet", "run `liefernetz demo`")]
    return [Finding("release", "ok", f"{len(found)} release(s)")]

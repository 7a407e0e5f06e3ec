"""Following the line while it runs: what the ledger says, as soon as it says it."""

import time
from collections.abc import Callable

from console import line
from console.deliveries import first_reason
from console.output import safe
from ingestion import intake
from warehouse.candidate import snapshot_now
from warehouse.ledger import Delivery, Ledger
from warehouse.settings import Settings

_PAUSE = 0.7
_MARKS = {"accepted": "[green]✓[/green]", "duplicate": "[dim]=[/dim]", "rejected": "[red]✗[/red]"}


class Follower:
    """Tells what happens, and knows when nothing more will."""

    def __init__(self, settings: Settings, tell: Callable[[str], None], timeout: float) -> None:
        """`timeout` is the longest silence in seconds before it gives up."""
        self.tell = tell
        self.seen: list[Delivery] = []
        self.seconds: dict[str, float] = {}
        self.refusal = ""
        self._settings, self._ledger, self._timeout = settings, Ledger.open(settings), timeout
        self._known = {d.delivery_id for d in self._ledger.deliveries()}
        self._steps = len(self._ledger.steps())
        self._expected = 0
        self._started = self._last = time.monotonic()

    def expect(self, deliveries: int) -> None:
        """Start the clock: so many files were put into the inbox."""
        self._expected = deliveries
        self._started = time.monotonic()

    def wait(self) -> None:
        """Return when every delivery has an outcome and what they gave is published or refused."""
        quiet_since = time.monotonic()
        while not self._is_done():
            if self.look():
                quiet_since = time.monotonic()
            if time.monotonic() - quiet_since > self._timeout:
                self.refusal = (
                    f"nothing moved for {self._timeout:.0f} s; see the log in {self._settings.home / 'airflow'} "
                    "and `liefernetz doctor`"
                )
                return
            time.sleep(_PAUSE)
        self.look()

    def look(self) -> bool:
        """Tell what is new in the ledger; return whether anything was."""
        fresh = [d for d in self._ledger.deliveries() if d.delivery_id not in self._known and d.outcome != "received"]
        for delivery in fresh:
            self._known.add(delivery.delivery_id)
            self.seen.append(delivery)
            self.tell(_line(delivery))
        if fresh:
            self.seconds["landing"] = time.monotonic() - self._started
        steps = self._ledger.steps()[self._steps :]
        self._steps += len(steps)
        for step in steps:
            took = float(step.payload.get("seconds", time.monotonic() - self._last))
            self._last = time.monotonic()
            if step.step in ("build", "gate", "release"):
                self.seconds[step.step] = self.seconds.get(step.step, 0.0) + took
                self._tell_step(step.step, step.subject, str(step.payload.get("state", "")), took)
        return bool(fresh or steps)

    def _tell_step(self, step: str, subject: str, state: str, took: float) -> None:
        good = state in ("", "passed")
        self.tell(f"{'[green]✓[/green]' if good else '[red]✗[/red]'} {step} {safe(subject)} {state} ({took:.1f} s)")
        if not good:
            self.refusal = f"the gate says {state}: see `liefernetz gate {subject}`"
        elif step == "release":
            self.refusal = ""

    def _is_done(self) -> bool:
        if len(self.seen) < self._expected or intake.waiting(self._settings):
            return False
        if self._ledger.deliveries(outcome="received"):
            return False
        built = {str(s.payload["snapshot_id"]) for s in self._ledger.steps("build")}
        return snapshot_now(self._settings, self._ledger).snapshot_id in built and not line.open_periods(self._settings)


def _line(delivery: Delivery) -> str:
    mark = _MARKS.get(delivery.outcome, "[yellow]![/yellow]")
    counts = f", {delivery.rows_accepted} of {delivery.rows_in} rows" if delivery.rows_in else ""
    reason = f" – {safe(first_reason(delivery))}" if delivery.outcome != "accepted" else ""
    return f"{mark} {delivery.source}: {safe(delivery.file_name)} {delivery.outcome}{counts}{reason}"

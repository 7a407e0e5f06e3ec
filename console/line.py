"""The five steps of the line, each one call into a room: what a DAG task and a command by hand both do.

Rooms are imported inside the steps: DAG files import this module, and parsing them must stay light.
Results carry ids and counts only, because they end in XCom and in logs.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from warehouse.ledger import ACCEPTED, Delivery, Ledger, Step
from warehouse.policy import Policy, load_policy
from warehouse.settings import Settings

if TYPE_CHECKING:
    from warehouse.snapshot import Snapshot
    from warehouse.verdict import Verdict

# A build covers every period; a file with thirty years of trade needs one run, not thirty.
MOST_PERIODS = 5
UNDATED = "undated"


class GateRefused(RuntimeError):
    """The gate did not pass the candidate; nothing is published and the current release stays."""


def land(source: str) -> dict[str, Any]:
    """Take everything that waits in the inbox of a source; `periods` names what can be built now."""
    from ingestion.intake import drain

    settings = Settings.from_env()
    return _landed(settings, drain(settings, source, at=_now()))


def sweep() -> dict[str, Any]:
    """Take everything that waits in every inbox; `periods` also names what an interrupted run left unbuilt."""
    from ingestion.intake import drain_all

    settings = Settings.from_env()
    return _landed(settings, drain_all(settings, at=_now()))


def build(period: str | None, again: bool = False) -> dict[str, Any] | None:
    """Build a candidate; None if the period is not complete, files still wait, or this state is settled.

    A candidate that an interrupted run left unjudged or unpublished is taken up; `again` builds in any case.
    """
    from ingestion.intake import waiting
    from warehouse.candidate import build as build_candidate
    from warehouse.candidate import candidate_path, snapshot_now

    settings = Settings.from_env()
    ledger = Ledger.open(settings)
    if not again:
        policy, snapshot = load_policy(settings), snapshot_now(settings, ledger)
        if waiting(settings) or not is_complete(policy, snapshot.deliveries, period):
            return None
        made = _newest_build(ledger, snapshot.snapshot_id)
        if made and _is_settled(settings, ledger, policy, made):
            return None
        if made and candidate_path(settings, made.subject).exists():
            return {"candidate_id": made.subject, "snapshot_id": snapshot.snapshot_id}
    candidate = build_candidate(settings, ledger, _now())
    return {"candidate_id": candidate.candidate_id, "snapshot_id": candidate.snapshot_id}


def gate(candidate_id: str) -> dict[str, Any]:
    """Judge a candidate; raise `GateRefused` unless it passed."""
    verdict = judged(candidate_id)
    bad = verdict.failures
    if verdict.state != "passed":
        named = "; ".join(f"{check.table}: {check.name}" for check in bad[:5]) or "; ".join(verdict.problems[:5])
        raise GateRefused(f"candidate {candidate_id} is {verdict.state}: {named}. See `liefernetz gate {candidate_id}`")
    return {"candidate_id": candidate_id, "state": verdict.state, "checks": len(verdict.checks), "warnings": len(bad)}


def embargoed() -> bool:
    """Whether the policy of the network says that nothing is published yet."""
    return load_policy(Settings.from_env()).embargoed(_now())


def judged(candidate_id: str) -> "Verdict":
    """Judge a candidate and record the verdict, whatever it is."""
    from expectations.gate import judge

    settings, at = Settings.from_env(), _now()
    verdict = judge(settings, candidate_id, at)
    payload = {
        "state": verdict.state,
        "digest": verdict.digest,
        "seal": verdict.seal,
        "checks": len(verdict.checks),
        "failures": len(verdict.failures),
        "seconds": round(verdict.seconds, 3),
    }
    Ledger.open(settings).record("gate", candidate_id, payload, at)
    return verdict


def publish(candidate_id: str, approved_by: str | None = None) -> dict[str, Any]:
    """Publish a candidate that passed the gate; repeating it is harmless."""
    from warehouse.release import publish as publish_release

    settings = Settings.from_env()
    release = publish_release(settings, Ledger.open(settings), candidate_id, _now(), approved_by=approved_by)
    return {"candidate_id": candidate_id, "version": release.version}


def is_complete(policy: Policy, deliveries: Iterable[Delivery], period: str | None) -> bool:
    """Tell whether every required source has delivered for a period; a delivery without periods holds for all."""
    here = {d.source for d in deliveries if not d.periods or period in (None, UNDATED) or period in d.periods}
    return bool(here) and here.issuperset(policy.required_sources)


def open_periods(settings: Settings) -> list[str]:
    """Return the periods of what landed since the last settled build; nothing while files still wait."""
    from ingestion.intake import waiting
    from warehouse.candidate import snapshot_now

    ledger, policy = Ledger.open(settings), load_policy(settings)
    snapshot = snapshot_now(settings, ledger)
    settled = [step for step in ledger.steps("build") if _is_settled(settings, ledger, policy, step)]
    if waiting(settings) or not snapshot.deliveries or any(_snapshot_of(s) == snapshot.snapshot_id for s in settled):
        return []
    return _periods(policy, snapshot, set(settled[-1].payload["deliveries"]) if settled else set())


def _periods(policy: Policy, snapshot: "Snapshot", known: set[str]) -> list[str]:
    fresh = [d for d in snapshot.deliveries if d.delivery_id not in known] or list(snapshot.deliveries)
    concerned = fresh if all(d.periods for d in fresh) else snapshot.deliveries
    named = {period for d in concerned for period in d.periods}
    wanted = named & set(policy.periods) if policy.periods else named
    return sorted(wanted)[-MOST_PERIODS:] or [UNDATED]


def _landed(settings: Settings, taken: list[Delivery]) -> dict[str, Any]:
    outcomes = Counter(delivery.outcome for delivery in taken)
    landed = sum(outcomes[outcome] for outcome in ACCEPTED)
    return {"landed": landed, "outcomes": dict(outcomes), "periods": open_periods(settings)}


def _newest_build(ledger: Ledger, snapshot_id: str) -> Step | None:
    return next((s for s in reversed(ledger.steps("build")) if _snapshot_of(s) == snapshot_id), None)


def _snapshot_of(step: Step) -> str:
    return str(step.payload["snapshot_id"])


def _is_settled(settings: Settings, ledger: Ledger, policy: Policy, made: Step) -> bool:
    """Tell whether a build needs no further run: refused by the gate, published, or before a person who decides."""
    from warehouse.verdict import NoVerdict, load_verdict

    # By snapshot, not by candidate: two builds of one state give one release.
    if any(_snapshot_of(release) == _snapshot_of(made) for release in ledger.steps("release")):
        return True
    try:
        verdict = load_verdict(settings, made.subject)
    except NoVerdict:
        return False
    return verdict.state != "passed" or policy.approval_required


def _now() -> datetime:
    return datetime.now(UTC)

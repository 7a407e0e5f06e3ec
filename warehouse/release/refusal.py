"""When a candidate must not be released: every reason in one place, and all of them fail closed."""

from datetime import datetime

from warehouse.archive import file_sha256
from warehouse.ledger import Ledger
from warehouse.policy import Policy
from warehouse.public_tables import PublicTable
from warehouse.release.tables import Contents
from warehouse.settings import Settings
from warehouse.verdict import PASSED, NoVerdict, Verdict, candidate_file, load_verdict, state_of


class ReleaseRefused(Exception):
    """The candidate cannot be released; the message says why and what to do."""


class Embargoed(ReleaseRefused):
    """The candidate may go out, but not yet; the message says when."""


def releasable_verdict(
    settings: Settings, ledger: Ledger, candidate_id: str, policy: Policy, approved_by: str | None, at: datetime
) -> Verdict:
    """The verdict that allows the release; raises `ReleaseRefused` if there is none for exactly these bytes."""
    try:
        verdict = load_verdict(settings, candidate_id)
    except NoVerdict as error:
        raise ReleaseRefused(str(error)) from error
    if verdict.candidate_id != candidate_id:
        raise ReleaseRefused(f"The verdict is about {verdict.candidate_id}, not {candidate_id}: run the gate on it.")
    _refuse_unless_passed(verdict)
    _refuse_other_record(ledger, verdict)
    if not candidate_file(settings, candidate_id).is_file():
        raise ReleaseRefused(f"Candidate {candidate_id} is gone from the work folder: build and gate again.")
    refuse_other_bytes(settings, verdict)
    if policy.approval_required and not (approved_by or "").strip():
        raise ReleaseRefused("The policy of this network asks for an approval: release it with --approve NAME.")
    if policy.embargoed(at):
        raise Embargoed(
            f"{candidate_id} passed, but network.yml says embargo_until {policy.embargo_until}: release it "
            "then, or leave it to the next sweep after that."
        )
    return verdict


def _refuse_unless_passed(verdict: Verdict) -> None:
    derived = state_of(verdict.checks, verdict.declared, verdict.problems)
    if verdict.state == PASSED and derived == PASSED:
        return
    state = derived if verdict.state == PASSED else verdict.state
    why = verdict.problems + [
        f"{c.table}: {c.name} {c.outcome.replace('_', ' ')} ({c.reason})" for c in verdict.failures
    ]
    raise ReleaseRefused(
        f"The gate says '{state.replace('_', ' ')}' about {verdict.candidate_id}; only 'passed' can be released. "
        + " ".join(why[:5])
    )


def _refuse_other_record(ledger: Ledger, verdict: Verdict) -> None:
    """If the ledger recorded a verdict of this candidate, it must be this one."""
    recorded = [step.payload for step in ledger.steps(step="gate", subject=verdict.candidate_id)]
    if recorded and recorded[-1].get("seal", verdict.seal) != verdict.seal:
        raise ReleaseRefused(f"The ledger recorded another verdict of {verdict.candidate_id}: run the gate again.")


def refuse_other_bytes(settings: Settings, verdict: Verdict) -> None:
    """The gate must have seen exactly the bytes that are published."""
    if file_sha256(candidate_file(settings, verdict.candidate_id)) != verdict.digest:
        raise ReleaseRefused(f"Candidate {verdict.candidate_id} changed after the gate saw it: build and gate again.")


def refuse_unlisted(verdict: Verdict, tables: list[PublicTable]) -> None:
    """Every public table was judged or left out by the gate; one declared later was neither."""
    listed = {check.table for check in verdict.checks} | set(verdict.left_out)
    unlisted = sorted(table.name for table in tables if table.name not in listed)
    if unlisted:
        raise ReleaseRefused(f"The gate did not know {', '.join(unlisted)}: build and gate again.")


def refuse_unjudged(verdict: Verdict, contents: list[Contents]) -> None:
    """Every table that goes out was judged, and something goes out."""
    judged = {check.table for check in verdict.checks}
    unjudged = sorted(content.table.name for content in contents if content.table.name not in judged)
    if unjudged or not contents:
        raise ReleaseRefused(f"Nothing was judged about {', '.join(unjudged) or 'any table'}: run the gate again.")

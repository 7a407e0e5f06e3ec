"""The gate's verdict on a candidate: which checks ran, what they found, and on which bytes.

A verdict is stored as JSON beside the candidate. It carries the digest of the candidate and a seal over its own text,
so that a verdict of other bytes, of another candidate or with an edited line is not taken for a pass.
"""

import hashlib
import json
import os
import re
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from warehouse.settings import Settings

PASSED, FAILED, NOT_CHECKED = "passed", "failed", "not_checked"
CRITICAL, WARNING = "critical", "warning"
CANDIDATE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")


class NoVerdict(Exception):
    """There is no verdict that can be trusted; the message says why and what to do."""


@dataclass(frozen=True)
class Check:
    """One expectation and what became of it; `outcome` is passed, failed or not_checked."""

    table: str
    name: str
    severity: str
    reason: str
    outcome: str
    observed: str = ""
    unexpected: int | None = None


@dataclass(frozen=True)
class Verdict:
    """What the gate says about one candidate; only `state == "passed"` can be released."""

    candidate_id: str
    digest: str
    state: str
    checks: list[Check]
    at: datetime
    declared: int = 0
    left_out: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    seconds: float = 0.0
    audit: dict[str, Any] = field(default_factory=dict)

    @property
    def failures(self) -> list[Check]:
        """Checks that did not pass, the critical ones first."""
        bad = [check for check in self.checks if check.outcome != PASSED]
        return sorted(bad, key=lambda check: (check.severity != CRITICAL, check.table, check.name))

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON; times in ISO 8601."""
        return {**asdict(self), "at": self.at.isoformat()}

    @property
    def seal(self) -> str:
        """SHA-256 of the verdict's content."""
        text = json.dumps(self.to_dict(), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


def state_of(checks: list[Check], declared: int, problems: list[str]) -> str:
    """The one rule for passing: all that was declared ran, nothing raised, nothing critical failed, no problem."""
    if problems or declared == 0 or len(checks) != declared or any(c.outcome == NOT_CHECKED for c in checks):
        return NOT_CHECKED
    failed = any(check.outcome != PASSED and check.severity != WARNING for check in checks)
    return FAILED if failed else PASSED


def candidate_file(settings: Settings, candidate_id: str) -> Path:
    """The work file of a candidate; an id that could leave the folder is refused."""
    if not CANDIDATE_ID.fullmatch(candidate_id):
        raise NoVerdict(f"'{candidate_id}' is no candidate id: letters, digits, '-', '_' and '.' only.")
    return settings.work / f"{candidate_id}.duckdb"


def verdict_file(settings: Settings, candidate_id: str) -> Path:
    """Where the verdict of a candidate is kept."""
    return candidate_file(settings, candidate_id).with_suffix(".verdict.json")


def save_verdict(settings: Settings, verdict: Verdict) -> Path:
    """Write the verdict with its seal; a reader sees the former or the new one, never half of it."""
    target = verdict_file(settings, verdict.candidate_id)
    temporary = target.with_suffix(".tmp")
    text = json.dumps({**verdict.to_dict(), "seal": verdict.seal}, indent=1, ensure_ascii=False)
    with temporary.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(target)
    return target


def load_verdict(settings: Settings, candidate_id: str) -> Verdict:
    """Read a verdict and check its seal; raises `NoVerdict` if there is none that can be trusted."""
    path = verdict_file(settings, candidate_id)
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        seal = data.pop("seal")
        checks = [Check(**check) for check in data.pop("checks")]
        verdict = Verdict(**{**data, "at": datetime.fromisoformat(data["at"])}, checks=checks)
    except FileNotFoundError:
        raise NoVerdict(f"Candidate {candidate_id} has no verdict: run the gate on it first.") from None
    except (ValueError, KeyError, TypeError) as error:
        raise NoVerdict(f"The verdict of {candidate_id} cannot be read ({error}): run the gate again.") from error
    if verdict.seal != seal:
        raise NoVerdict(f"The verdict of {candidate_id} was changed after the gate wrote it: run the gate again.")
    return verdict

"""Due-diligence cases of the chain buyer that no seed changes: one repeat, one enabled exit of two, one exception.

Of its exits in 2025 two are eligible: one was enabled in time, the other began only 46 days before the notice. One
exit claims a documented exception, one was commercial. One finding comes back at the same site after its closure.
"""

from datetime import date

from console.sample_network.planted_facts import CHAIN_BUYER
from console.sample_network.writing import LABEL, Row

REPEATED = ("FP-1", "FP-2")
ENABLED_EXIT, LATE_EXIT, EXCEPTED_EXIT, COMMERCIAL_EXIT = "XP-1", "XP-2", "XP-3", "XP-4"
# Finding, site, issue, level, severity (scale, scope, irremediability), identified; then its states with their days.
FINDINGS: tuple[tuple[str, str, str, str, tuple[int, int, int], date, tuple[tuple[str, date], ...]], ...] = (
    ("FP-1", "C0015", "working_hours", "contribute", (2, 3, 1), date(2024, 2, 10),
     (("open", date(2024, 2, 10)), ("plan_agreed", date(2024, 3, 1)), ("remediated_verified", date(2024, 8, 1)))),
    ("FP-2", "C0015", "working_hours", "contribute", (2, 2, 1), date(2025, 3, 5), (("open", date(2025, 3, 5)),)),
    ("FP-3", "C0018", "child_labour", "directly_linked", (4, 2, 3), date(2024, 5, 20),
     (("open", date(2024, 5, 20)), ("in_progress", date(2025, 3, 1)), ("closed_without_remedy", date(2025, 9, 30)))),
    ("FP-4", "C0024", "health_safety", "directly_linked", (3, 1, 2), date(2024, 9, 1),
     (("open", date(2024, 9, 1)), ("in_progress", date(2025, 9, 15)))),
    ("FP-5", "C0027", "wages", "cause", (2, 4, 1), date(2025, 1, 20),
     (("open", date(2025, 1, 20)), ("remediated_unverified", date(2025, 7, 1)))),
)  # fmt: skip
# The enterprise knew and did nothing for half a year: on this day its involvement moved.
MOVED, MOVED_TO, MOVED_AT = "FP-4", "contribute", date(2025, 3, 1)


def finding_rows() -> list[Row]:
    """Give one row per state of each planted finding."""
    rows: list[Row] = []
    for finding, supplier, issue, level, severity, day, states in FINDINGS:
        known = {
            "finding_id": finding, "entity_id": CHAIN_BUYER, "supplier_id": supplier, "site_id": f"{supplier}-S1",
            "issue_code": issue, "impact_kind": "actual", "description": LABEL, "identified_at": day,
            "own_activity_caused": "true" if level == "cause" else "false",
            "own_activity_contributed": "true" if level == "contribute" else "false",
            "contribution_substantial": "true" if level == "contribute" else "false",
            "linked_by_relationship": "true", "known_since": day, "assessment_id": f"AP-{finding[3:]}",
            **dict(zip(("sev_scale", "sev_scope", "sev_irremediability"), severity, strict=True)),
        }  # fmt: skip
        moves = [(states[0][0], MOVED_AT)] if finding == MOVED else []
        for status, since in sorted([*states, *moves], key=lambda state: state[1]):
            moved = finding == MOVED and since >= MOVED_AT
            verified = since if status == "remediated_verified" else None
            rows.append({
                **known, "involvement_level": MOVED_TO if moved else level, "status": status, "status_at": since,
                "verified_at": verified, "verifier_type": "third_party" if verified else "",
            })  # fmt: skip
    return rows


def assessment_rows() -> list[Row]:
    """Give the assessment behind each planted finding."""
    return [
        {"assessment_id": f"AP-{finding[3:]}", "entity_id": CHAIN_BUYER, "supplier_id": supplier,
         "site_id": f"{supplier}-S1", "assessment_at": day, "assessment_type": "unannounced_audit",
         "assessor_type": "third_party", "n_findings": 1}
        for finding, supplier, _, _, _, day, _ in FINDINGS
    ]  # fmt: skip


def action_rows() -> list[Row]:
    """Give the capability-building actions before the two eligible exits."""
    facts = (("MP-1", "C0018", "FP-3", "training", date(2025, 3, 1), date(2025, 8, 15)),
             ("MP-2", "C0024", "FP-4", "technical_help", date(2025, 9, 15), date(2025, 10, 20)))  # fmt: skip
    return [
        {"action_id": action, "entity_id": CHAIN_BUYER, "supplier_id": supplier, "site_id": f"{supplier}-S1",
         "finding_id": finding, "action_type": kind, "action_started_at": start, "review_at": review,
         "review_outcome": "partly_effective"}
        for action, supplier, finding, kind, start, review in facts
    ]  # fmt: skip


def exit_rows() -> list[Row]:
    """Give the four exits."""
    facts = ((ENABLED_EXIT, "C0018", "FP-3", date(2025, 9, 30), "adverse_impact", ""),
             (LATE_EXIT, "C0024", "FP-4", date(2025, 10, 31), "adverse_impact", ""),
             (EXCEPTED_EXIT, "C0021", "", date(2025, 6, 30), "adverse_impact", "legal_ban"),
             (COMMERCIAL_EXIT, "C0027", "", date(2025, 11, 30), "commercial", ""))  # fmt: skip
    return [
        {"exit_id": exit_id, "entity_id": CHAIN_BUYER, "supplier_id": supplier, "finding_id": finding,
         "exit_notice_at": notice, "exit_reason": reason, "exception_code": exception,
         "exception_evidence": LABEL if exception else "", "impact_assessed": "true" if finding else "false"}
        for exit_id, supplier, finding, notice, reason, exception in facts
    ]  # fmt: skip

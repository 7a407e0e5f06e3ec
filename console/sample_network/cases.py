"""Due-diligence cases of the brands: assessed sites, findings with their history, actions and exits."""

from datetime import date, timedelta
from random import Random

from console.sample_network import planted_cases
from console.sample_network.chance import stream
from console.sample_network.companies import Company
from console.sample_network.figures import COUNTRIES
from console.sample_network.relations import Relation
from console.sample_network.writing import LABEL, Row, number

YEARS = (2024, 2025)
LAST_DAY = date(2025, 12, 31)
ISSUES = ("working_hours", "wages", "health_safety", "freedom_of_association", "child_labour", "forced_labour",
          "discrimination", "water", "air_emissions", "waste_chemicals", "biodiversity", "corruption")  # fmt: skip
LEVELS = ("cause", "contribute", "contribute", "directly_linked", "directly_linked", "directly_linked")
CHAIN = ("open", "plan_agreed", "in_progress", "remediated_unverified", "remediated_verified")
ENABLING = ("training", "joint_corrective_plan", "co_financing", "technical_help", "changed_purchasing_practice")
ASSESSED_SHARE, FINDING_SHARE, REPEAT_SHARE, EXIT_SHARE = 0.6, 0.45, 0.35, 0.12

Cases = dict[str, list[Row]]


def case_rows(relations: list[Relation], seed: int) -> Cases:
    """Give the rows of the four tables; planted cases first, the others from their own stream."""
    rng = stream(seed, "cases")
    rows: Cases = {
        "findings": planted_cases.finding_rows(),
        "assessments": planted_cases.assessment_rows(),
        "actions": planted_cases.action_rows(),
        "exits": planted_cases.exit_rows(),
    }
    pairs = {(one.buyer.company_id, one.supplier.company_id): one for one in relations if one.buyer.tier == 0}
    for year in YEARS:
        for relation in pairs.values():
            if rng.random() < ASSESSED_SHARE:
                _assess(rows, relation.buyer, relation.supplier, year, rng)
    return rows


def _assess(rows: Cases, buyer: Company, supplier: Company, year: int, rng: Random) -> None:
    known = _relation(buyer, supplier)
    assessment = f"A{year}-{len(rows['assessments']):04}"
    day = date(year, 1, 1) + timedelta(days=rng.randrange(330))
    found = sum(rng.random() < FINDING_SHARE for _ in range(2))
    rows["assessments"].append({
        **known, "assessment_id": assessment, "assessment_at": day, "n_findings": found,
        "assessment_type": rng.choice(("announced_audit", "unannounced_audit", "worker_voice", "desk_review")),
        "assessor_type": rng.choice(("customer", "third_party", "third_party", "rights_holders")),
    })  # fmt: skip
    for issue in rng.sample(ISSUES, found):
        _follow(rows, {**known, "assessment_id": assessment}, issue, day, rng)


def _relation(buyer: Company, supplier: Company) -> dict[str, str]:
    return {"entity_id": buyer.company_id, "supplier_id": supplier.company_id,
            "site_id": f"{supplier.company_id}-S1", "site_country": supplier.country}  # fmt: skip


def _follow(rows: Cases, known: dict[str, str], issue: str, day: date, rng: Random) -> None:
    """Add a finding with its states, its action, and perhaps its return or the exit from the relation."""
    finding = f"F-{len(rows['findings']):05}"
    level = rng.choice(LEVELS)
    facts: Row = {
        **known, "finding_id": finding, "issue_code": issue, "impact_kind": "actual", "description": LABEL,
        "involvement_level": level, "own_activity_caused": _yes(level == "cause"),
        "own_activity_contributed": _yes(level == "contribute"),
        "contribution_substantial": _yes(level == "contribute"), "linked_by_relationship": "true",
        "is_foreseeable": _yes(rng.random() < 0.6), "known_since": day, "identified_at": day,
        "sev_scale": rng.choice((1, 2, 2, 3, 4)), "sev_scope": rng.choice((1, 1, 2, 3)),
        "sev_irremediability": rng.choice((1, 2, 2, 3)),
    }  # fmt: skip
    verified, since, status = None, day, CHAIN[0]
    for status in CHAIN[: 1 + rng.choices(range(5), (2, 2, 3, 2, 6))[0]]:
        rows["findings"].append(_state(facts, status, since))
        verified = since if status == CHAIN[-1] else None
        since += timedelta(days=rng.randint(20, 120))
        if since > LAST_DAY:
            break
    if status != CHAIN[0]:
        _act(rows, known, finding, day, rng)
    if verified and rng.random() < REPEAT_SHARE and verified + timedelta(days=200) < LAST_DAY:
        rows["findings"].append(_again(facts, verified + timedelta(days=rng.randint(30, 190))))
    elif not verified and since < LAST_DAY and rng.random() < EXIT_SHARE * 3:
        _leave(rows, facts, since, rng)


def _state(facts: Row, status: str, since: date) -> Row:
    verified = status == CHAIN[-1]
    return {**facts, "status": status, "status_at": since, "verified_at": since if verified else None,
            "verifier_type": "third_party" if verified else ""}  # fmt: skip


def _again(facts: Row, day: date) -> Row:
    again = {**facts, "finding_id": f"{facts['finding_id']}-R", "identified_at": day, "known_since": day}
    return _state(again, "open", day)


def _act(rows: Cases, known: dict[str, str], finding: str, day: date, rng: Random) -> None:
    start = day + timedelta(days=rng.randint(5, 60))
    rows["actions"].append({
        "action_id": f"M-{len(rows['actions']):05}", "entity_id": known["entity_id"],
        "supplier_id": known["supplier_id"], "site_id": known["site_id"], "finding_id": finding,
        "action_type": rng.choice((*ENABLING, "corrective_measure", "compensation")), "action_started_at": start,
        "review_at": start + timedelta(days=rng.randint(30, 120)) if rng.random() < 0.7 else None,
        "cost": number(rng.uniform(500, 20_000), 2), "currency": COUNTRIES["DE"].currency,
    })  # fmt: skip


def _leave(rows: Cases, facts: Row, notice: date, rng: Random) -> None:
    rows["findings"].append(_state(facts, "closed_without_remedy", notice))
    exception = rng.choice(("", "", "", "legal_ban", "immediate_danger", "no_prospect_of_change"))
    rows["exits"].append({
        "exit_id": f"X-{len(rows['exits']):04}", "entity_id": facts["entity_id"],
        "supplier_id": facts["supplier_id"], "finding_id": facts["finding_id"], "exit_notice_at": notice,
        "exit_effective_at": notice + timedelta(days=90), "exit_reason": "adverse_impact",
        "exception_code": exception, "exception_evidence": LABEL if exception else "",
        "impact_assessed": _yes(rng.random() < 0.5),
    })  # fmt: skip


def _yes(answer: bool) -> str:
    return "true" if answer else "false"

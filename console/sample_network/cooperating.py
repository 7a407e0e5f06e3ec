"""Cooperation in the sample: members of several kinds and regions of the world, what they do together, and targets."""

from datetime import date, timedelta

from console.sample_network import planted_facts as facts
from console.sample_network.chance import stream
from console.sample_network.companies import Company
from console.sample_network.writing import LABEL, Row

FIRST, LAST = date(2024, 1, 1), date(2025, 12, 31)
MEMBER_SHARE = {0: 1.0, 1: 0.6, 2: 0.2, 3: 0.05}
ROLES = ("producer", "supplier", "supplier", "supplier")
OTHERS = (
    ("M-UNI-DE", "research", "DE"), ("M-UNI-IN", "research", "IN"), ("M-LAB-CN", "research", "CN"),
    ("M-LAB-US", "research", "US"), ("M-ASSOC", "association", "DE"), ("M-REGION", "public_body", "PL"),
    ("M-BANK", "finance", "NL"), ("M-NGO-BD", "civil_society", "BD"),
)  # fmt: skip
ACTIVITIES = ("roadmap", "training", "training", "data_exchange", "bundled_demand", "living_lab", "joint_development")
TIES = ("joint_development", "training", "licence", "shared_methods", "shared_data")
N_ACTIVITIES, N_TIES = 60, 120
ASSEMBLY = f"assembly of members ({LABEL})"
# Target, set, pillar, entity, KPI, variant, base year and value, goal year and value, day agreed. Base values of the
# chain buyer and of the measured company follow from their planted facts; set TS-3 has one pillar, T-7 no set.
TARGETS = (
    (
        "T-1",
        "TS-1",
        "resilience",
        facts.CHAIN_BUYER,
        "R05",
        "single_source",
        2023,
        "0.411764706",
        2028,
        "0.25",
        "2024-03-20",
    ),
    ("T-2", "TS-1", "sustainability", facts.CHAIN_BUYER, "C01", "", 2024, "", 2028, "0.9", "2024-03-20"),
    ("T-3", "TS-2", "sustainability", facts.MEASURED, "E11", "", 2024, "0.12195122", 2030, "0.5", "2025-03-18"),
    ("T-4", "TS-2", "sustainability", facts.MEASURED, "S06", "per_200000_h", 2024, "1.5", 2027, "0.75", "2025-03-18"),
    ("T-5", "TS-2", "resilience", facts.MEASURED, "R03", "spend_weighted_mean", 2024, "1", 2027, "1", "2025-03-18"),
    ("T-3", "TS-2", "sustainability", facts.MEASURED, "E11", "", 2024, "0.12195122", 2030, "0.4", "2025-11-25"),
    ("T-6", "TS-3", "resilience", "", "R08", "", 2024, "0.353003801", 2030, "0.5", "2025-03-18"),
    ("T-7", "", "", "", "N03", "all", 2024, "0.615384615", 2028, "0.8", "2025-03-18"),
)


def member_rows(companies: list[Company], seed: int) -> list[Row]:
    """Give the members; some leave, and not all are companies."""
    rng = stream(seed, "members")
    rows: list[Row] = []
    for company in companies:
        if rng.random() < MEMBER_SHARE[company.tier]:
            joined = date(2022, 1, 1) + timedelta(days=rng.randrange(1_100))
            left = joined + timedelta(days=rng.randint(400, 900)) if rng.random() < 0.1 else None
            rows.append({
                "member_id": company.company_id, "role": ROLES[company.tier], "country": company.country,
                "joined_at": joined, "left_at": left if left and left <= LAST else None,
            })  # fmt: skip
    joined = date(2023, 1, 1)
    return rows + [{"member_id": one, "role": role, "country": land, "joined_at": joined} for one, role, land in OTHERS]


def activity_rows(members: list[Row], seed: int) -> list[Row]:
    """Give one row per activity and member that took part; many members take part in nothing."""
    rng = stream(seed, "activities")
    active = rng.sample(members, round(len(members) * 0.7))
    rows: list[Row] = []
    for place in range(N_ACTIVITIES):
        day, kind = FIRST + timedelta(days=rng.randrange(730)), rng.choice(ACTIVITIES)
        present = [one for one in rng.sample(active, rng.randint(3, 8)) if _member_on(one, day)]
        rows += [
            {"activity_id": f"JA-{place:03}", "member_id": one["member_id"], "activity_type": kind,
             "activity_at": day, "topic": LABEL, "hours": rng.randint(2, 16)}
            for one in present
        ]  # fmt: skip
    return rows


def tie_rows(members: list[Row], seed: int) -> list[Row]:
    """Give knowledge ties between members of any two countries; a tie starts after both have joined."""
    rng = stream(seed, "ties")
    rows: list[Row] = []
    for place in range(N_TIES):
        one, other = rng.sample(members, 2)
        start = FIRST + timedelta(days=rng.randrange(700))
        ended = start + timedelta(days=rng.randint(90, 500)) if rng.random() < 0.3 else None
        if _member_on(one, start) and _member_on(other, start):
            rows.append({
                "tie_id": f"KT-{place:03}", "member_a": one["member_id"], "member_b": other["member_id"],
                "tie_type": rng.choice(TIES), "started_at": start, "evidence_ref": LABEL,
                "ended_at": ended if ended and ended <= LAST else None,
            })  # fmt: skip
    return rows


def target_rows() -> list[Row]:
    """Give the agreed targets: one has no base value, one was lowered, one set is one-sided."""
    names = ("target_id", "target_set_id", "pillar", "entity_id", "kpi_id", "dim_variant", "base_year", "base_value",
             "target_year", "target_value", "agreed_at")  # fmt: skip
    signed = {"path_kind": "linear", "agreed_by": ASSEMBLY}
    return [
        {**dict(zip(names, target, strict=True)), **signed, "agreed_path": f"minutes/{target[-1]}.pdf"}
        for target in TARGETS
    ]


def _member_on(member: Row, day: date) -> bool:
    joined, left = member["joined_at"], member.get("left_at")
    return isinstance(joined, date) and joined <= day and not (isinstance(left, date) and left < day)

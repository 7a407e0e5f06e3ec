"""The audit of one release: primary rules, outsiders, insiders, coalitions; one disclosed cell and it fails."""

import time
from collections import Counter
from dataclasses import dataclass, replace

from expectations.auditor.attack import ATTACKERS, Attack, Disclosure
from expectations.auditor.cells import Contribution, Material
from expectations.auditor.knowledge import Knowledge
from expectations.auditor.relations import build
from expectations.auditor.rules import Rules
from expectations.auditor.space import space_of
from expectations.auditor.system import Key, System

LIMIT_SECONDS = 600.0
PRINTED = "printed"


@dataclass(frozen=True)
class Finding:
    """A disclosed cell: private, because it names what must not be named."""

    key: Key
    reason: str
    attacker: str
    reach: float
    coalition: tuple[str, ...] = ()


@dataclass(frozen=True)
class Audit:
    """What the auditor says; only the counts may be told in public."""

    tables: int
    cells: int
    withheld: int
    secrets: int
    recomputable: int
    findings: tuple[Finding, ...]
    withheld_for: dict[Key, str]
    programs: int
    seconds: float

    @property
    def disclosed(self) -> int:
        """Number of cells that somebody comes too close to."""
        return len({finding.key for finding in self.findings})

    def by_attacker(self) -> dict[str, int]:
        """Disclosed cells by who discloses them."""
        counted = Counter(finding.attacker for finding in self.findings)
        return {name: counted.get(name, 0) for name in (PRINTED, *ATTACKERS)}


def audit(material: Material, rules: Rules, limit_seconds: float = LIMIT_SECONDS) -> Audit:
    """Attack everything that is printed; raises `Unauditable` if the material does not fit together."""
    started = time.monotonic()
    system = build(material, rules)
    space = space_of(system)
    known = material if material.contributions else with_strangers(material)
    knowledge = Knowledge(system, space, known, rules.shares)
    if material.contributions:
        knowledge.check(system, material)
    attack = Attack(space, knowledge, rules.coalition, started + limit_seconds)
    findings = [Finding(key, reason, PRINTED, 0.0) for key, reason in system.exposed]
    findings += [_finding(system, disclosure) for disclosure in attack.on(system.goals)]
    return Audit(
        tables=len(material.tables) + len(material.ratios),
        cells=sum(len(table.cells) for table in material.tables),
        withheld=len(system.withheld),
        secrets=len({goal.column for goal in system.goals}),
        recomputable=sum(space.pinned(column) for column in system.withheld),
        findings=tuple(findings),
        withheld_for={system.keys[column]: reason for column, reason in system.withheld.items()},
        programs=attack.programs,
        seconds=round(time.monotonic() - started, 3),
    )


def with_strangers(material: Material) -> Material:
    """Without contributions by group, the largest two of each leaf are taken for groups that are nowhere else."""
    found = []
    for table in material.tables:
        above = {parent for dim in table.dims for parent in material.hierarchies.get(dim, {}).values()} | {"_T"}
        for cell in table.cells:
            if not above & set(cell.codes):
                parts = [cell.top1, cell.top2, cell.true_value - cell.top1 - cell.top2]
                name = f"{table.quantity}|{'|'.join(cell.codes)}"
                codes = tuple(zip(table.dims, cell.codes, strict=True))
                # The rest of many is taken for one more: he is no attacker of note, and makes the count right.
                found += [
                    Contribution(table.quantity, codes, f"{name}|{number}", part)
                    for number, part in enumerate(parts[: cell.n])
                ]
    return replace(material, contributions=tuple(found))


def _finding(system: System, disclosure: Disclosure) -> Finding:
    goal = disclosure.goal
    return Finding(
        system.keys[goal.column], goal.reason, disclosure.attacker, round(disclosure.reach, 6), disclosure.coalition
    )

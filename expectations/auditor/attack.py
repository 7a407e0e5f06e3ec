"""Attacks every secret of a release: as an outsider, as each company group, and as every two that join up."""

import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from expectations.auditor.cells import Unauditable
from expectations.auditor.knowledge import Coalition, Knowledge
from expectations.auditor.program import Bounds
from expectations.auditor.prover import Component
from expectations.auditor.space import Direction, Space, reached
from expectations.auditor.system import DOWN, Goal

# Looking through many old answers takes longer than solving one more program.
REMEMBERED = 12
ATTACKERS = ("outsider", "one_group", "two_groups")


@dataclass(frozen=True)
class Disclosure:
    """A secret that somebody comes too close to; `reach` is how far off one can be, as a share of what is needed."""

    goal: Goal
    attacker: str
    reach: float
    coalition: Coalition = ()


class Attack:
    """All attacks on one release; directions once found serve for other secrets and other attackers too."""

    def __init__(self, space: Space, knowledge: Knowledge, coalition: int, until: float) -> None:
        """Nothing is solved yet; `until` is a time of the monotonic clock after which the attack raises."""
        self._space, self._knowledge, self._size, self._until = space, knowledge, coalition, until
        # Plain lists: single figures are read from them a million times.
        self._down, self._up = space.down.tolist(), space.up.tolist()
        self._components: dict[int, Component] = {}
        self._found: dict[int, list[Direction]] = defaultdict(list)
        self.programs = 0

    def on(self, goals: list[Goal]) -> Iterator[Disclosure]:
        """One disclosure per goal at most, by the attacker who needs least; the largest needs come first."""
        for goal in sorted(goals, key=lambda one: -one.need):
            disclosed = self._outsider(goal)
            if disclosed is None and goal.kind == "value" and self._size > 0:
                disclosed = next(self._insiders(goal), None)
            if disclosed is not None:
                yield disclosed

    def _outsider(self, goal: Goal) -> Disclosure | None:
        if goal.need <= 0:
            return Disclosure(goal, "outsider", 0.0) if self._space.pinned(goal.column) else None
        return self._attempt(goal, ())[1]

    def _insiders(self, goal: Goal) -> Iterator[Disclosure]:
        direction, _ = self._attempt(goal, ())
        if direction is None:
            return
        moves = self._moves(goal, direction)
        alone = {g for g in self._knowledge.refuted(moves, ()) if not self._knowledge.owns((g,), goal.column)}
        tried: set[Coalition] = set()
        for group in sorted(alone):
            other, caught = self._attempt(goal, (group,))
            if caught is not None:
                yield caught
            elif other is not None and self._size > 1:
                partners = self._knowledge.refuted(self._moves(goal, other), (group,))
                tried |= {tuple(sorted((group, partner))) for partner in partners if partner != group}
        if self._size > 1:
            pairs = {tuple(sorted(pair)) for pair in self._knowledge.refuted_together(moves)}
            tried |= {pair for pair in pairs if not alone & set(pair)}
        for pair in sorted(tried):
            if not self._knowledge.owns(pair, goal.column):
                caught = self._attempt(goal, pair)[1]
                if caught is not None:
                    yield caught

    def _attempt(self, goal: Goal, coalition: Coalition) -> tuple[Direction | None, Disclosure | None]:
        """Other figures that the coalition cannot rule out, or its disclosure."""
        need = self._need(goal, coalition)
        if need <= 0:
            return {}, None
        known = self._knowledge.bounds(coalition) if coalition else {}
        for direction in self._found[goal.column][:REMEMBERED]:
            scaled = self._scaled(direction, goal, need, known)
            if scaled is not None:
                return scaled, None
        if time.monotonic() > self._until:
            raise Unauditable("The audit did not finish within its time.")
        label = max(int(self._space.labels[column]) for column, _ in goal.entries)
        if label < 0:
            return None, Disclosure(goal, ATTACKERS[len(coalition)], 0.0, coalition)
        self.programs += 1
        if label not in self._components:
            self._components[label] = Component(self._space, label)
        solved, reach = self._components[label].far_enough(goal, need, known)
        if solved is None:
            return None, Disclosure(goal, ATTACKERS[len(coalition)], reach / need, coalition)
        for column in solved:
            self._found[column].insert(0, solved)
        return solved, None

    def _need(self, goal: Goal, coalition: Coalition) -> float:
        """Who is in the cell knows that it is not below his own part."""
        if not coalition or goal.side != DOWN or goal.kind != "value":
            return goal.need
        known = self._knowledge.bounds(coalition).get(goal.column)
        return goal.need if known is None else min(goal.need, known[0])

    def _moves(self, goal: Goal, direction: Direction) -> list[tuple[int, float]]:
        return [(column, move) for column, move in direction.items() if column != goal.column]

    def _scaled(self, direction: Direction, goal: Goal, need: float, known: Bounds) -> Direction | None:
        """A multiple of a direction that reaches the need within the bounds, if there is one."""
        reach = reached(goal, direction)
        if abs(reach) < 1e-9 * need:
            return None
        factor, slack = need / reach, 1e-7 * need
        for column, move in direction.items():
            bounds = known.get(column) if column != goal.column else None
            down, up = bounds or (self._down[column], self._up[column])
            if not -down - slack <= factor * move <= up + slack:
                return None
        if not self._space.holds(direction, factor):
            return None
        return direction if factor == 1 else {column: factor * move for column, move in direction.items()}

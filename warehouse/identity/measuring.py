"""How good the model is on pairs that people have labelled: precision, recall and F1 at the default thresholds."""

from dataclasses import dataclass

from warehouse.identity.model import Model
from warehouse.identity.scoring import score
from warehouse.identity.training import Pair, families, records_of, train


@dataclass(frozen=True)
class Quality:
    """Counts of pairs called equal, and what follows; a share without a denominator is None."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float | None:
        """Share of the pairs called equal that are."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def recall(self) -> float | None:
        """Share of the equal pairs that were called so."""
        return self.right / (self.right + self.missed) if self.right + self.missed else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall."""
        called = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / called if called else None


def scores(pairs: list[Pair], model: Model, searched: bool = True) -> list[float]:
    """Score each pair; `searched` finds candidates first as a build does, and a pair not found scores 0."""
    records, wanted = records_of(pairs)
    found = score(records, model, None if searched else wanted).to_pylist()
    of = {row["left_id"][:5]: row["score"] for row in found if row["left_id"][:5] == row["right_id"][:5]}
    return [float(of.get(f"{place:05}", 0.0)) for place in range(len(pairs))]


def quality(pairs: list[Pair], scored: list[float], threshold: float) -> Quality:
    """Count what a threshold calls equal; raises `ValueError` if pairs and scores are not of one length."""
    called = [(value >= threshold, pair.is_match) for pair, value in zip(pairs, scored, strict=True)]
    return Quality(called.count((True, True)), called.count((True, False)), called.count((False, True)))


def crosswise(pairs: list[Pair], parts: int = 5) -> list[float]:
    """Score each pair with a model that was trained without its family of pairs; `parts` models are trained."""
    part = [number // 3 % parts for number in families(pairs)]
    found = [0.0] * len(pairs)
    for asked in range(parts):
        places = [place for place, own in enumerate(part) if own == asked]
        model = train([pair for pair, own in zip(pairs, part, strict=True) if own != asked])
        for place, value in zip(places, scores([pairs[place] for place in places], model), strict=True):
            found[place] = value
    return found

"""The record types of the sample: a delivery and the whole network."""

from dataclasses import dataclass, field
from pathlib import Path

from console.sample_network.companies import Company

OFFICE = "network-office"
WARNED = "accepted_with_warnings"


@dataclass(frozen=True)
class SampleDelivery:
    """One file, who sends it to which source, and what a correct intake does with it."""

    source: str
    sender: str
    path: Path
    note: str
    outcome: str = "accepted"
    quarantined: int = 0

    @property
    def expected(self) -> str:
        """Give the expected outcome in one phrase."""
        return f"{self.outcome} {self.quarantined}" if self.quarantined else self.outcome


@dataclass
class SampleNetwork:
    """The generated files; deliveries are listed in the order in which they arrive."""

    folder: Path
    seed: int
    companies: list[Company]
    deliveries: list[SampleDelivery] = field(default_factory=list)

    def place(self, source: str, sender: str, name: str) -> Path:
        """Give the path of a file of one sender."""
        return self.folder / source / sender / name

    def add(self, source: str, path: Path, note: str, outcome: str = "accepted", quarantined: int = 0) -> None:
        """List a written file; its folder names the sender."""
        self.deliveries.append(SampleDelivery(source, path.parent.name, path, note, outcome, quarantined))

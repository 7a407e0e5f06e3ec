"""One entry of the manifest: what is sent, by whom, and what must become of it."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from typing import Any

FAMILIES = (
    "control", "identity", "transport", "containers", "text", "numbers", "meaning", "registry", "trade", "security",
    "poisoning", "documents",
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A delivery and its expected end; `codes` are all reason codes, `due` the sound rows that must be kept."""

    family: str
    name: str
    content: bytes
    outcome: str
    codes: tuple[str, ...] = ()
    rows: int = 0
    due: int = 0
    source: str = "survey_requests"
    sender: str = "office"
    file_name: str | bytes = ""
    kind: str = "file"

    @property
    def title(self) -> str:
        """The name that tells this case from all others."""
        return f"{self.family}/{self.name}"

    @property
    def given_name(self) -> bytes:
        """The bytes of the name under which it lies in the inbox."""
        name = self.file_name or f"{self.family}-{self.name}.csv"
        return name if isinstance(name, bytes) else name.encode()

    @property
    def shown_name(self) -> str:
        """The name as the ledger keeps it."""
        return self.given_name.decode("utf-8", "replace")

    def entry(self) -> dict[str, Any]:
        """Return the manifest entry: everything but the bytes, and their length and hash."""
        plain = asdict(self) | {"file_name": self.shown_name, "bytes": len(self.content)}
        del plain["content"]
        return plain | {"sha256": hashlib.sha256(self.content).hexdigest(), "others_stop": False}

"""The private policy of a network: what it waits for, who approves, how secrets are kept.

The file `network.yml` in the home is private: the parameters of the concentration rule must stay secret
(Handbook on Statistical Disclosure Control, 2nd edition, chapter 4) and never reach a release.
"""

from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

import yaml

from warehouse.ledger import Ledger
from warehouse.ledger.entries import canonical, digest
from warehouse.settings import Settings


class PolicyError(ValueError):
    """The policy file cannot be used; the message says which entry and what to write instead."""


@dataclass(frozen=True)
class SdcPolicy:
    """Parameters of statistical disclosure control; only `version` and `min_contributors` may be named in public."""

    version: int = 1
    min_contributors: int = 5
    p_percent: float = 10.0
    max_share_percent: float | None = None
    quantile_min: int = 10
    quantile_neighbours: int = 3
    significant_digits: int = 3
    count_bands: tuple[int, ...] = (5, 10, 20)
    weight: str = "value"  # what to keep low: withheld value, or `one` for the number of withheld cells
    singleton_protection: bool = True
    coalition: int = 2  # how many company groups may put together what they know of their own parts: 0, 1 or 2
    small_cell_percent: float = 20.0  # how far a cell must be uncertain that is withheld for its few contributors
    max_sensitive_share: float = 0.30  # above, a coarser table is published instead

    def __post_init__(self) -> None:
        """Refuse parameters that would switch protection off."""
        if self.min_contributors < 3 or self.quantile_min < self.min_contributors or self.p_percent <= 0:
            raise PolicyError(
                "sdc: min_contributors must be at least 3, quantile_min not below it, p_percent above 0; "
                "correct network.yml"
            )
        if self.weight not in ("value", "one") or self.small_cell_percent <= 0 or not 0 < self.max_sensitive_share <= 1:
            raise PolicyError(
                "sdc: weight must be value or one, small_cell_percent above 0, max_sensitive_share above 0 "
                "and at most 1; correct network.yml"
            )


@dataclass(frozen=True)
class Policy:
    """What one network has decided for itself; without a file the defaults hold."""

    network_name: str = "network"
    licence: str | None = None  # SPDX identifier of what is published
    public_url: str | None = None  # the address under which the public folders stand
    signing_key: str | None = None  # file of the SSH key that signs releases
    embargo_until: str | datetime | None = None  # nothing is published before; ISO 8601 with a UTC offset
    periods: tuple[str, ...] = ()
    required_sources: tuple[str, ...] = ()
    approval_required: bool = False
    sdc: SdcPolicy = field(default_factory=SdcPolicy)
    senders: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse an embargo whose moment is not clear."""
        if self.embargo_until is not None and self.embargo_ends is None:
            raise PolicyError(
                f"network.yml: embargo_until '{self.embargo_until}' is no moment with a UTC offset; "
                "write for example '2027-03-01T09:00:00+01:00'"
            )

    @property
    def embargo_ends(self) -> datetime | None:
        """The moment before which nothing is published."""
        try:
            moment = datetime.fromisoformat(str(self.embargo_until))
        except ValueError:
            return None
        return moment if moment.tzinfo else None

    def embargoed(self, at: datetime) -> bool:
        """Whether nothing may be published yet."""
        return self.embargo_ends is not None and at < self.embargo_ends

    def spoken_for(self, sender: str) -> tuple[str, ...] | None:
        """Return the entities a sender may speak for; None if any.

        Once a network names senders at all, one it does not name speaks for the entity of its own name only.
        """
        entities = self.senders.get(sender, (sender,))
        return None if not self.senders or "*" in entities else entities


def load_policy(settings: Settings) -> Policy:
    """Read `network.yml`; raise `PolicyError` for an unknown entry, because a typo must not loosen a rule."""
    if not settings.policy_file.exists():
        return Policy()
    raw = yaml.safe_load(settings.policy_file.read_text(encoding="utf-8")) or {}
    _refuse_unknown(raw, Policy, "")
    sdc = dict(raw.pop("sdc", None) or {})
    _refuse_unknown(sdc, SdcPolicy, "sdc.")
    if "count_bands" in sdc:
        sdc["count_bands"] = tuple(sdc["count_bands"])
    for name in ("periods", "required_sources"):
        raw[name] = tuple(str(item) for item in raw.get(name) or ())
    raw["senders"] = {str(k): tuple(v) for k, v in (raw.get("senders") or {}).items()}
    return Policy(sdc=SdcPolicy(**sdc), **raw)


def name_sdc_policy(ledger: Ledger, sdc: SdcPolicy, at: datetime) -> None:
    """Let each version stand for one set of parameters for ever; raise `PolicyError` if they changed under it.

    Releases name the version alone, so it must say whether two of them were protected alike.
    """
    parameters = digest(canonical(sdc.__dict__))
    named = ledger.steps(step="sdc_policy", subject=str(sdc.version))
    if not named:
        ledger.record("sdc_policy", str(sdc.version), {"parameters_sha256": parameters}, at)
    elif named[0].payload["parameters_sha256"] != parameters:
        raise PolicyError(
            f"network.yml: parameters under sdc changed, but version {sdc.version} already names others; "
            f"set sdc.version to {sdc.version + 1}"
        )


def _refuse_unknown(raw: dict[str, Any], shape: type, prefix: str) -> None:
    known = {f.name for f in fields(shape)}
    unknown = sorted(set(raw) - known)
    if unknown:
        raise PolicyError(f"network.yml: unknown entry {prefix}{unknown[0]}; known are {', '.join(sorted(known))}")

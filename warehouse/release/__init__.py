"""Releases: versioned, immutable, all or nothing; published, verified, compared, explained and taken back."""

from warehouse.release.diff import Difference, TableChange, diff
from warehouse.release.explain import Explanation, NothingToExplain, explain
from warehouse.release.manifest import NoRelease, Release, listing, load
from warehouse.release.pointer import current
from warehouse.release.publish import publish
from warehouse.release.reading import open_release
from warehouse.release.refusal import Embargoed, ReleaseRefused
from warehouse.release.retract import retract
from warehouse.release.verify import verify

__all__ = [
    "Difference", "Embargoed", "Explanation", "NoRelease", "NothingToExplain", "Release", "ReleaseRefused",
    "TableChange", "current", "diff", "explain", "listing", "load", "open_release", "publish", "retract", "verify",
]  # fmt: skip

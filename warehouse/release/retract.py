"""Takes a release back: it stays readable and is marked, and the pointer moves to the newest sound release."""

from datetime import datetime

from warehouse.ledger import Ledger
from warehouse.policy import load_policy
from warehouse.release.files import only_publisher, replace_file
from warehouse.release.manifest import MARK, Release, dump, load
from warehouse.release.pointer import newest, point_to
from warehouse.release.signature import SUFFIX, sign
from warehouse.settings import Settings


def retract(settings: Settings, ledger: Ledger, version: str, reason: str, at: datetime) -> Release:
    """Mark a release as retracted; repeating it is harmless and keeps the first reason."""
    if not reason.strip():
        raise ValueError("A retraction needs a reason: readers will ask for it.")
    with only_publisher(settings.releases):
        release = load(settings, version)
        if release.retracted is None:
            mark = {"version": version, "reason": reason, "at": at.isoformat()}
            replace_file(release.path / MARK, dump(mark))
        point_to(settings, newest(settings))
        retracted = load(settings, version)
        if not ledger.steps(step="retract", subject=version):
            ledger.record("retract", version, {"version": version, "reason": retracted.retracted}, at)
        # Last: a key that cannot be used must not keep a wrong release current. Repeating the command signs it.
        if not (release.path / (MARK + SUFFIX)).is_file():
            sign(release.path / MARK, load_policy(settings))
        return retracted

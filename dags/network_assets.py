"""The names of everything that can change: inboxes, landing zones, the candidate, the release.

An event on an inbox means "look into the inbox" and nothing more: Airflow 3.3 can strand events
(apache/airflow#56050), so the ledger is the truth and every run takes all that waits.
"""

from airflow.sdk import Asset, AssetWatcher

from ingestion.inbox_trigger import InboxTrigger

CANDIDATE = Asset("candidate.kpis")
RELEASE = Asset("release.kpis")
# What the sweep found; an asset of its own, because a task sends an event for every outlet it has.
SWEPT = Asset("landing.sweep")


def inbox(source: str) -> Asset:
    """Return the inbox of a source with the watcher that looks into it."""
    watcher = AssetWatcher(name=f"{source}_inbox", trigger=InboxTrigger(source=source))
    return Asset(f"inbox.{source}", watchers=[watcher])


def landing(source: str) -> Asset:
    """Return the landing zone of a source; its partitions are reporting periods."""
    return Asset(f"landing.{source}")

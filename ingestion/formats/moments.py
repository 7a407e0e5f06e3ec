"""Moments with their offset, as documents write them, in the one form that sorts: UTC with a Z."""

from __future__ import annotations

from datetime import UTC, datetime


def utc_text(sent: object) -> str | None:
    """Return a moment of ISO 8601 as UTC text such as '2025-01-31T23:00:00Z', fractions kept to the microsecond.

    What is no moment with an offset comes back as sent, so that the pattern of its column names it.
    """
    if not isinstance(sent, str) or not sent.strip():
        return None
    try:
        moment = datetime.fromisoformat(sent.strip())
    except ValueError:
        return sent
    if moment.tzinfo is None:
        return sent
    try:
        return moment.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"
    except OverflowError:
        return sent

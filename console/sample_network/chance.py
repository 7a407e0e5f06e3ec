"""Streams of random numbers, one per topic, so that a change in one topic leaves the others as they were."""

from random import Random


def stream(seed: int, *topic: object) -> Random:
    """Open the stream of a topic; text seeds are hashed by the stream itself, so no hash seed plays a part."""
    return Random(":".join(map(str, (seed, *topic))))  # noqa: S311 - a sample must be repeatable, not secret

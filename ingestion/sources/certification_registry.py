"""Placeholder."""

from ingestion.reader import Reader

READER = Reader()

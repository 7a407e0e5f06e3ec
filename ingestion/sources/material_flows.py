"""Material flows: what was seen, packed, shipped or turned into something else, where, when and between whom.

Arrives as EPCIS 2.0 in JSON-LD: a document, the answer to a query, a list or a single event. Odd: an event that is
declared wrong comes again under its id with the declaration, and takes the first one back; times carry their offset.
"""

from collections.abc import Iterator
from pathlib import Path

from ingestion.declarations import Format
from ingestion.reader import Reader, RowRule
from ingestion.records import Record, Rejected


def _recognise(path: Path, _media: str) -> str | None:
    from ingestion.formats.epcis import holds_events

    return "epcis_json" if holds_events(path) else None


def read(path: Path, _form: Format) -> Iterator[Record | Rejected]:
    """Yield the flows of a document."""
    from ingestion.formats.epcis import read_flows

    return read_flows(path)


READER = Reader(
    recognise_document=_recognise,
    read_document=read,
    rules=(
        RowRule(
            "flows", "missing_value", "action", "action is null and event_type <> 'TransformationEvent'",
            "only a transformation goes without an action", "say ADD, OBSERVE or DELETE",
        ),
        RowRule(
            "flows", "missing_value", "quantity", "uom is not null and quantity is null",
            "a unit of measure without its quantity", "give the quantity",
        ),
    ),
)  # fmt: skip

"""Bills of material between companies: which part is built into which, from digital twins of Catena-X.

Arrives as JSON: a container of test data, one submodel, or a job of the item relationship service. Odd: the same edge
may be stated from above (bill of material) and from below (usage) with other quantities; both are kept and say so.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from ingestion.declarations import Format
from ingestion.reader import Reader, RowRule
from ingestion.records import Record, Rejected


def _recognise(path: Path, _media: str) -> str | None:
    from ingestion.formats.catenax import holds_edges

    return "catenax_json" if holds_edges(path) else None


def read(path: Path, _form: Format) -> Iterator[Record | Rejected]:
    """Yield the edges of a document."""
    from ingestion.formats.catenax import read_edges

    return read_edges(path)


_rule = partial(RowRule, "bom_edges")
READER = Reader(
    recognise_document=_recognise,
    read_document=read,
    rules=(
        _rule("part_of_itself", "child_id", "child_id = parent_id", "a part is built into itself",
              "correct the id of the child"),
        _rule("missing_value", "unit", "quantity is not null and unit is null",
              "a quantity without its unit", "name the unit, such as unit:piece"),
        _rule("period_reversed", "valid_to_at", "valid_to_at < valid_from_at",
              "the edge ends before it starts", "correct the validity period"),
    ),
)  # fmt: skip

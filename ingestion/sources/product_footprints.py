"""Product carbon footprints of suppliers, as their solutions exchange them: JSON under the PACT specifications.

Arrives when a footprint was calculated or asked for: one object, a list, a page of an API or events. Odd: values are
decimals in text; edition 2 gives them per declared unit, edition 3 per declared amount; editions never share a row.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from ingestion.declarations import Format
from ingestion.reader import Reader, RowRule
from ingestion.records import Record, Rejected

_RATINGS = ("dqr_technological", "dqr_temporal", "dqr_geographical", "dqr_completeness", "dqr_reliability")
_HIGHEST = f"greatest({', '.join(_RATINGS)})"


def _recognise(path: Path, _media: str) -> str | None:
    from ingestion.formats.pact import holds_footprints

    return "pact_json" if holds_footprints(path) else None


def read(path: Path, _form: Format) -> Iterator[Record | Rejected]:
    """Yield the footprints of a document."""
    from ingestion.formats.pact import read_footprints

    return read_footprints(path)


_rule = partial(RowRule, "footprints")
READER = Reader(
    recognise_document=_recognise,
    read_document=read,
    rules=(
        _rule("missing_value", "declared_unit_amount",
              "spec_edition = '3' and declared_unit_amount is null",
              "edition 3 gives values per declared amount, and the amount is missing", "fill declaredUnitAmount"),
        _rule("out_of_range", "declared_unit_amount", "declared_unit_amount = 0 or unitary_product_amount = 0",
              "an amount of nothing has no footprint", "give an amount above 0"),
        _rule("rating_off_scale", "dqr_technological",
              f"{_HIGHEST} > 3 and spec_edition in ('1', '2') or {_HIGHEST} > 5",
              "a data quality rating lies outside the scale of its edition (1 to 3, since edition 3: 1 to 5)",
              "rate on the scale of the edition that specVersion names"),
        _rule("period_reversed", "period_end_at", "period_end_at < period_start_at",
              "the reference period ends before it starts", "correct the reference period"),
    ),
)  # fmt: skip

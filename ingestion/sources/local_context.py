"""Living wages by area, and input-output tables as long lists: what the values of a company are seen beside.

Arrives yearly as CSV or workbook, each row naming its method, publisher and edition. Odd: amounts of two methods are
never one series; an area is a country, a city or "rural"; flows into stocks may be negative.
"""

from collections.abc import Iterator
from pathlib import Path

from ingestion.declarations import Format, declarations
from ingestion.reader import Reader, RowRule
from ingestion.records import Record, Rejected


def _recognise(path: Path) -> str | None:
    from ingestion.formats.listed_sheet import holds_list

    source = declarations()["local_context"]
    forms = [form for form in source.formats.values() if form.media == "xlsx"]
    return next((form.name for form in forms if holds_list(path, form, source.tables[form.table])), None)


def read_workbook(path: Path, form: Format) -> Iterator[Record | Rejected]:
    """Yield the rows of a workbook."""
    from ingestion.formats.listed_sheet import read_list

    return read_list(path, form, declarations()["local_context"].tables[form.table])


READER = Reader(
    recognise_workbook=_recognise,
    read_workbook=read_workbook,
    rules=(
        RowRule(
            "living_wages", "out_of_range", "amount", "amount = 0",
            "a living wage of nothing", "give the amount per month, or leave the row out",
        ),
    ),
)  # fmt: skip

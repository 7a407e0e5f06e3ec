"""Living wages, input-output tables, water scarcity and raw material factors: what values of a company are seen beside.

Arrives yearly as CSV or workbook, each row naming its method, publisher and edition. Odd: amounts of two methods are
never one series; an area is a country, a city or "rural"; flows into stocks may be negative; atlases of water write
9999 or -9999 where they know nothing or the area is arid.
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
        RowRule(
            "water_contexts", "out_of_range", "value",
            "(measure = 'aware_cf' and value not between 0.1 and 100) or value > 100",
            "no factor or stress, but a code for something unknown",
            "give a factor from 0.1 to 100 or a stress as ratio, or leave the row out",
        ),
    ),
)  # fmt: skip

"""Certificates and validated targets, as registers publish them: certificates monthly, targets yearly.

Arrives as CSV with our own column names, or as the Science Based Targets workbook in one of four yearly layouts. Odd:
every file is the whole register, so a shrinking file is held; the targets change their grain from year to year
(companies, then targets), so they are compared by distinct companies.
"""

from collections.abc import Iterator
from pathlib import Path

from ingestion.declarations import Format
from ingestion.reader import Reader, RowRule, SnapshotRule
from ingestion.records import Record, Rejected


def _recognise(path: Path) -> str | None:
    from ingestion.formats.sbti import layout_of

    layout = layout_of(path)
    return None if layout is None else f"sbti_{layout}_xlsx"


def read(path: Path, form: Format) -> Iterator[Record | Rejected]:
    """Yield the rows of a target workbook."""
    from ingestion.formats.sbti import read_sbti

    return read_sbti(path, form.version)


READER = Reader(
    recognise_workbook=_recognise,
    read_workbook=read,
    rules=(
        RowRule(
            "certificates", "period_reversed", "valid_to", "valid_to < valid_from",
            "the certificate ends before it starts", "correct valid_from or valid_to",
        ),
        RowRule(
            "certificates", "period_reversed", "status_to", "status_to < status_from",
            "the status ends before it starts", "correct status_from or status_to",
        ),
        RowRule(
            "certificates", "number_of_another_holder", "certificate_id",
            "status not in ('no_certificate', 'not_found') and site_id is null and "
            "min(holder_id) over (partition by standard_id, certificate_id) "
            "<> max(holder_id) over (partition by standard_id, certificate_id)",
            "several holders name one certificate number of a standard", "ask the certification body whose it is",
            flags=True,
        ),
    ),
    snapshots={
        "certificates": SnapshotRule("retrieved_at"),
        "climate_targets": SnapshotRule("date_published", date_in_file_name=True, compared="company_name"),
    },
)  # fmt: skip

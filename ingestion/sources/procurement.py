"""Public procurement by notice and lot: OCDS releases and records 1.0 to 1.1, and eForms notices of any SDK version.

Arrives daily to monthly, from publishers of open contracting data and from TED or national portals. Odd: an eForms
notice may withhold a field, and then says "unpublished" or -1 in its place; an absent field, a withheld one and the
answer "none" are three things and keep their own states. Lists are text joined by " | ". An award that covers several
lots stands in the row of each (`n_award_lots`), so its value must be divided or counted once.
"""

from collections.abc import Iterator
from pathlib import Path

from ingestion.declarations import Format
from ingestion.reader import Reader
from ingestion.records import Record, Rejected


def _recognise(path: Path, media: str) -> str | None:
    if media == "json":
        from ingestion.formats.ocds_packages import is_ocds

        return "ocds_json" if is_ocds(path) else None
    if media == "xml":
        from ingestion.formats.eforms import is_notice

        return "eforms_xml" if is_notice(path) else None
    return None


def read(path: Path, form: Format) -> Iterator[Record | Rejected]:
    """Yield the lots of OCDS packages or of one eForms notice."""
    if form.media == "json":
        from ingestion.formats.ocds_lots import read_ocds

        return read_ocds(path)
    from ingestion.formats.eforms import read_eforms

    return read_eforms(path)


READER = Reader(recognise_document=_recognise, read_document=read, version_column="standard_version")

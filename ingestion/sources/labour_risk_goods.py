"""Goods that the US Department of Labor believes to be made with child or forced labour, by country.

Arrives as XML: the list of goods (every two years) or the country profiles (yearly), both whole. Odd: countries are
names, no codes; accents come decomposed; the flags are Yes and No, but a derived country is a name; the edition is read
from the document only, for file names contradict what they hold.
"""

from collections.abc import Iterator
from pathlib import Path

from ingestion.declarations import Format
from ingestion.reader import Reader, RowRule
from ingestion.records import Record, Rejected


def _recognise(path: Path, media: str) -> str | None:
    from ingestion.formats.dol_goods import recognise_goods

    return recognise_goods(path) if media == "xml" else None


def read(path: Path, form: Format) -> Iterator[Record | Rejected]:
    """Yield the goods of a list or of country profiles."""
    from ingestion.formats.dol_goods import read_goods

    return read_goods(path, form.name)


READER = Reader(
    recognise_document=_recognise,
    read_document=read,
    rules=(
        RowRule(
            "goods", "state_contradicts_value", "is_forced_child_labour",
            "is_forced_child_labour and not (is_child_labour and is_forced_labour)",
            "forced child labour without child or forced labour", "set the three flags as the list does",
        ),
    ),
)  # fmt: skip

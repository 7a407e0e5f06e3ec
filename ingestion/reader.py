"""What one source adds to the common intake: its workbooks, its publisher's columns, its rules between columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from ingestion.declarations import Format
from ingestion.formats.plain_text import PlainLayout
from ingestion.records import Record, Rejected

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class RowRule:
    """A rule between columns of one row: SQL over the typed columns that is true where the rule is broken.

    A rule that `flags` warns and keeps the row; only such a rule may look at other rows (a window function).
    """

    table: str
    code: str
    field: str
    broken: str
    message: str
    fix: str
    flags: bool = False


@dataclass(frozen=True)
class SnapshotRule:
    """How old a snapshot is and how it is counted: a date column, the file name, and what is compared."""

    date_column: str
    date_in_file_name: bool = False
    compared: str | None = None


@dataclass(frozen=True)
class ChangeRule:
    """Which numbers are compared with the earlier ones of the same subject (see `unit_slips`).

    `subject` is the column of the entity, `key` says which values are comparable, `period` orders them.
    """

    subject: str
    key: tuple[str, ...]
    period: str
    values: tuple[str, ...]


def _no_workbook(_path: Path) -> str | None:
    return None


def _no_document(_path: Path, _media: str) -> str | None:
    return None


def _no_rows(_path: Path, _form: Format) -> Iterator[Record | Rejected]:
    return iter(())


def _no_lines(_lines: Iterator[dict[str, str | None]], _form: Format) -> Iterator[Record | Rejected]:
    return iter(())


@dataclass(frozen=True)
class Reader:
    """The parts of the intake that differ between sources; the defaults read plain CSV with our own column names.

    A document is a file of media json, xml or arrow; `recognise_document` gets the media too. `name_columns` renames
    the header of a CSV file whose column names vary, before it is matched; what `adapt` uses up counts as known.
    `unfold` makes rows of the lines of a `wide` format, each with its `source_ref`.
    """

    recognise_workbook: Callable[[Path], str | None] = _no_workbook
    read_workbook: Callable[[Path, Format], Iterator[Record | Rejected]] = _no_rows
    count_workbook: Callable[[Path, Format], int | None] | None = None
    recognise_document: Callable[[Path, str], str | None] = _no_document
    read_document: Callable[[Path, Format], Iterator[Record | Rejected]] = _no_rows
    version_column: str | None = None
    name_columns: Callable[[tuple[str, ...]], tuple[str, ...]] | None = None
    adapt: Callable[[pa.Table, Format, str], pa.Table] | None = None
    unfold: Callable[[Iterator[dict[str, str | None]], Format], Iterator[Record | Rejected]] = _no_lines
    file_version: Callable[[str], str | None] | None = None
    plain: Mapping[str, PlainLayout] = field(default_factory=dict)  # CSV layouts that have a short way, by format
    rules: tuple[RowRule, ...] = ()
    snapshots: Mapping[str, SnapshotRule] = field(default_factory=dict)
    changes: Mapping[str, ChangeRule] = field(default_factory=dict)


def reader_of(source: str) -> Reader:
    """Return the reader of a source; it lives in the module of the same name."""
    reader = import_module(f"ingestion.sources.{source}").READER
    assert isinstance(reader, Reader)
    return reader

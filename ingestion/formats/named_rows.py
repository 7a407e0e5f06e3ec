"""Rows with named cells, whatever file they stood in: found by their names, bound to the declared columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ingestion.declarations import Format, Source
from ingestion.formats.header import bind, fit
from ingestion.records import Record

_ENOUGH = 0.5


def best_form(names: tuple[str, ...], source: Source, media: str) -> Format | None:
    """Return the format of this media whose columns the names hold best; none if not even half of them."""
    forms = [form for form in source.formats.values() if form.media == media]
    scored = [(fit(names, form, source.tables[form.table]), form) for form in forms]
    share, form = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return form if share > _ENOUGH else None


def bound(
    rows: Iterable[tuple[int, str, Mapping[str, str | None]]], names: tuple[str, ...], form: Format, source: Source
) -> Iterator[Record]:
    """Yield (number, place, cells) as records of the declared columns; raise `FileRefused` for a missing column.

    Cells that nobody declared keep their own names, so that they are reported.
    """
    binding = bind(names, form, source.tables[form.table])
    for number, place, cells in rows:
        values = {ours: cells.get(sent) for sent, ours in binding.columns.items()}
        yield Record(number, place, values | {name: cells.get(name) for name in binding.unknown})

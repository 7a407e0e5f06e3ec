"""`liefernetz template SOURCE`: what a sender fills in, written from the declaration that will judge it.

Each table gets a file to fill and one that shows examples; a workbook explains its columns on a second sheet, CSV in a
third file. A table has a template if its declaration shows examples.
"""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Literal

import typer

from console.output import say
from console.steps import known_source
from console.template_book import write_workbook
from console.template_content import EXPLAINED, Cell, example_rows, explained
from ingestion.declarations import Format, Source, Table, declarations

Media = Literal["csv", "xlsx"]


class NoTemplate(ValueError):
    """The source does not arrive in our own columns, or not in this format; the message says what it takes."""


def register(app: typer.Typer) -> None:
    """Add the verbs of this module."""
    app.command("template")(template)


def template(
    source: Annotated[str, typer.Argument(help="Name of the source, such as due_diligence_cases.")],
    media: Annotated[Media | None, typer.Option("--format", help="The default is xlsx where it is taken.")] = None,
    out: Annotated[Path, typer.Option("--out", help="Folder for the files.")] = Path(),
) -> None:
    """Write the empty template of each table of a source, with an explanation of its columns and examples."""
    for path in write_templates(declarations()[known_source(source)], out, media):
        say(f"[green]✓[/green] {path}")


def write_templates(source: Source, out: Path, media: Media | None = None) -> list[Path]:
    """Write the templates of all tables of a source below `out`; raise `NoTemplate` before anything is written."""
    shown = [table for table in source.tables.values() if table.examples]
    if not shown:
        raise NoTemplate(f"{source.name} arrives as its publisher writes it; there is no template for it")
    taken = {table.name: _taken(source, table) for table in shown}
    for name, forms in taken.items():
        if media and media not in forms:
            raise NoTemplate(f"{source.name} ({name}) takes {' or '.join(forms)}, not {media}")
    out.mkdir(parents=True, exist_ok=True)
    return [path for table in shown for path in _write(out, source, table, taken[table.name], media)]


def _taken(source: Source, table: Table) -> dict[str, Format]:
    own = [form for form in source.formats.values() if form.table == table.name and not (form.header or form.rename)]
    return {form.media: form for form in own if form.media == "csv" or (form.media == "xlsx" and form.sheet)}


def _write(out: Path, source: Source, table: Table, forms: dict[str, Format], media: Media | None) -> Iterator[Path]:
    stem = f"{source.name}_{table.name}" if len(source.tables) > 1 else source.name
    if (media or ("xlsx" if "xlsx" in forms else "csv")) == "xlsx":
        sheet = str(forms["xlsx"].sheet)
        yield write_workbook(out / f"{stem}.xlsx", sheet, table, [])
        yield write_workbook(out / f"{stem}_example.xlsx", sheet, table, example_rows(table))
        return
    names = [column.name for column in table.columns]
    examples = [[_text(cell) for cell in row] for row in example_rows(table)]
    yield _write_csv(out / f"{stem}.csv", [names])
    yield _write_csv(out / f"{stem}_example.csv", [names, *examples])
    yield _write_csv(out / f"{stem}_explanation.csv", [EXPLAINED, *explained(table)])


def _write_csv(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    return path


def _text(cell: Cell) -> str:
    return str(cell).lower() if isinstance(cell, bool) else "" if cell is None else str(cell)

"""`liefernetz add source NAME`: the files of a new source, which work as they are and are then made your own."""

import re
from pathlib import Path
from typing import Annotated

import typer
import yaml

from console.output import say
from ingestion.declarations import Table, load_source
from ingestion.typing_job import landed_columns
from warehouse.settings import PROJECT

_TEMPLATES = Path(__file__).parent / "templates"
_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_LINEAGE = [("delivery_id", "VARCHAR"), ("row_number", "BIGINT"), ("source_ref", "VARCHAR")]


class CannotAdd(ValueError):
    """The name cannot be used or is taken; the message says what to write instead."""


def register(app: typer.Typer) -> None:
    """Add the verbs of this module."""
    adding = typer.Typer(no_args_is_help=True, help="Add a source: declaration, reader, staging model, test.")
    adding.command("source")(source)
    app.add_typer(adding, name="add")


def source(
    name: Annotated[str, typer.Argument(help="In snake_case, such as site_visits.")],
    noun: Annotated[str, typer.Option(help="What one row is.")] = "entry",
    title: Annotated[str, typer.Option(help="One line for people.")] = "",
) -> None:
    """Write the files of a new source into the project; they pass their own test at once."""
    for path in add_source(PROJECT, name, noun, title or f"{name.replace('_', ' ').capitalize()} of the network"):
        say(f"[green]✓[/green] {path.relative_to(PROJECT)}")
    say(f"Next: make the columns yours in ingestion/sources/{name}.yml; landed columns and staging model follow it, "
        "and `make test` says where they do not.")  # fmt: skip


def add_source(root: Path, name: str, noun: str, title: str) -> list[Path]:
    """Write the files below `root` and return them; raise `CannotAdd` before anything is written."""
    if not _NAME.fullmatch(name) or not _NAME.fullmatch(noun):
        raise CannotAdd(f"{name!r} and {noun!r} must be in snake_case, such as site_visits and visit")
    model = f"stg_{name}__{noun}"
    staging = root / "dbt_project/models/staging"
    words = {"name": name, "noun": noun, "title": title, "model": model}
    filled = {
        root / f"ingestion/sources/{name}.yml": "source.yml",
        root / f"ingestion/sources/{name}.py": "reader.py.txt",
        staging / f"{model}.yml": "staging.yml",
        root / f"tests/integration/test_{name}.py": "test.py.txt",
    }
    landed, select = staging / f"sources/{name}.yml", staging / f"{model}.sql"
    taken = [path for path in (*filled, landed, select) if path.exists()]
    if taken:
        raise CannotAdd(f"{taken[0].relative_to(root)} is there already; choose another name")
    for path, template in filled.items():
        path.write_text((_TEMPLATES / template).read_text(encoding="utf-8").format(**words), encoding="utf-8")
    table = load_source(root / f"ingestion/sources/{name}.yml").tables[f"{noun}s"]
    landed.write_text(landed_yaml(name, title, table), encoding="utf-8")
    select.write_text(_select(name, table), encoding="utf-8")
    return [*filled, landed, select]


def landed_yaml(name: str, title: str, table: Table) -> str:
    """Return the dbt source of a landed table: its columns in order, with the types that the intake writes."""
    columns = [*landed_columns(table), *_LINEAGE]
    body = {
        "name": f"{name}__{table.name}",
        "description": f"{title}: {table.grain}.",
        "columns": [{"name": column, "data_type": kind.lower()} for column, kind in columns],
    }
    whole = {"version": 2, "sources": [{"name": "landing", "schema": "landing", "tables": [body]}]}
    return str(yaml.safe_dump(whole, sort_keys=False, allow_unicode=True, width=160))


def _select(name: str, table: Table) -> str:
    columns = ",\n    ".join(column for column, _ in [*landed_columns(table), *_LINEAGE])
    return f"select\n    {columns}\nfrom {{{{ source('landing', '{name}__{table.name}') }}}}\n"

"""Reads the files that `liefernetz audit export` writes, as somebody outside would; see docs/audit_export.md."""

import csv
import json
from pathlib import Path

from expectations.auditor.cells import Cell, Material, Table, Unauditable

FIGURES = ("value", "suppressed", "true_value", "n", "top1", "top2")
HIERARCHIES = "hierarchies.json"


def read_export(folder: Path) -> Material:
    """All tables of an export; the quantity is the name of the table without its dimensions."""
    paths = sorted(folder.glob("*.csv"))
    if not paths or not (folder / HIERARCHIES).is_file():
        raise Unauditable(f"{folder} holds no tables or no {HIERARCHIES}: export first.")
    hierarchies = json.loads((folder / HIERARCHIES).read_text(encoding="utf-8"))
    return Material(tuple(read_table(path) for path in paths), hierarchies)


def read_table(path: Path) -> Table:
    """One table: dimension columns, then the figures."""
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        columns = list(reader.fieldnames or ())
        if set(FIGURES) - set(columns):
            raise Unauditable(f"{path.name} lacks one of the columns {', '.join(FIGURES)}.")
        dims = tuple(column for column in columns if column not in FIGURES)
        cells = tuple(_cell(row, dims, path.name) for row in reader)
    if len({cell.codes for cell in cells}) != len(cells):
        raise Unauditable(f"{path.name} names a cell twice.")
    return Table(path.stem, path.stem.rpartition("__")[0] or path.stem, dims, cells)


def _cell(row: dict[str, str], dims: tuple[str, ...], name: str) -> Cell:
    suppressed = row["suppressed"].strip().lower() in ("1", "true")
    if suppressed == bool(row["value"]):
        raise Unauditable(f"{name}: a cell is either printed or withheld, not both and not neither.")
    printed = None if suppressed else float(row["value"])
    return Cell(
        tuple(row[dim] for dim in dims), float(row["true_value"]), suppressed, int(float(row["n"])),
        float(row["top1"] or 0), float(row["top2"] or 0), printed, printed,
    )  # fmt: skip

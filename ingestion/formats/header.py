"""The header of a file against the declaration: by name, in any order."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from ingestion.declarations import Format, Table
from ingestion.records import FileRefused


@dataclass(frozen=True)
class Binding:
    """Which sent column is which declared one, and which columns nobody declared."""

    columns: dict[str, str]
    unknown: tuple[str, ...]


def same_name(name: str) -> str:
    """Return the form in which column names are compared."""
    return unicodedata.normalize("NFC", name).strip().casefold()


def signature(form: Format, table: Table) -> tuple[str, ...]:
    """Return the column names without which a file of this format is refused."""
    if form.header:
        return form.header
    sent = {ours: theirs for theirs, ours in form.rename.items()}
    return tuple(sent.get(name, name) for name in table.must if name not in form.constants)


def fit(header: tuple[str, ...], form: Format, table: Table) -> float:
    """Return which share of the signature the header holds; aliases count."""
    present = set(_translated(header, form))
    wanted = [same_name(name) for name in signature(form, table)]
    return sum(name in present for name in wanted) / len(wanted)


def bind(header: tuple[str, ...], form: Format, table: Table) -> Binding:
    """Match a header with the declaration; raise `FileRefused` naming every missing column."""
    translated = _translated(header, form)
    missing = [name for name in signature(form, table) if same_name(name) not in translated]
    if missing:
        raise FileRefused(
            "missing_column",
            f"format {form.name}: the header lacks {', '.join(missing)}",
            f"add the column{'s' if len(missing) > 1 else ''} {', '.join(missing)} with exactly this name",
            column=missing[0],
        )
    known = _known(form, table)
    ignored = {same_name(name) for name in form.ignore_columns}
    columns = {sent: known[name] for name, sent in translated.items() if name in known}
    unknown = tuple(sent for name, sent in translated.items() if name not in known and name not in ignored)
    return Binding(columns, unknown)


def _translated(header: tuple[str, ...], form: Format) -> dict[str, str]:
    aliases = {same_name(alias): same_name(name) for alias, name in form.header_aliases.items()}
    own = {same_name(name) for name in header}
    found: dict[str, str] = {}
    for sent in map(same_name, header):
        ours = aliases.get(sent, sent)
        # Two columns for one: the one with our name, else the first; the other stays under its own name.
        found[sent if ours != sent and (ours in own or ours in found) else ours] = sent
    originals = {same_name(name): name for name in header}
    return {ours: originals[sent] for ours, sent in found.items()}


def _known(form: Format, table: Table) -> dict[str, str]:
    if form.header:
        return {same_name(name): name for name in (*form.header, *form.may_header)}
    known = {same_name(column.name): column.name for column in table.columns}
    return known | {same_name(theirs): ours for theirs, ours in form.rename.items()}

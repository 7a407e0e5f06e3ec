"""What a form server exports, whoever wrote it: the cells of one submission, or of one site and period of it.

ODK Central writes `group-question`, KoboToolbox `group/question`, Aggregate `group:question`; repeats are indexed
(`period[2]/…`), nested (JSON) or stand in a file of their own. A cell is found by the name of its field alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ingestion.column_sql import MISSING_MARKS
from ingestion.questionnaires.fields import COPY, Field

_PARTS = re.compile(r"[/:.\-]")
_INDEX = re.compile(r"\[(\d+)\]")
_SYSTEM = frozenset(
    re.findall(
        r"\w+",
        "submissiondate submitterid submittername attachmentspresent attachmentsexpected status reviewstate deviceid "
        "edits formversion key parent_key instanceid instancename start end today username phonenumber simserial "
        "subscriberid audit rooturid rootuuid submissionid form_version",
    )
)
_SET_OF = "set-of-"


@dataclass(frozen=True)
class Cell:
    """One filled cell: its text, the name as sent, and the choice if it is one column of a split multiple choice."""

    text: str
    sent: str
    choice: str | None = None


@dataclass
class Instance:
    """The filled cells of one submission or repeat; `system` is what the server says about it, by lower-case name."""

    place: str
    cells: dict[str, list[Cell]] = field(default_factory=dict)
    system: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str | None:
        """Return the text of a field, or of its copy inside a repeat."""
        found = self.cells.get(name) or self.cells.get(COPY + name)
        return found[0].text if found else None

    def child(self, place: str, shared: Iterable[str]) -> Instance:
        """Return a repeat of this submission: it inherits what is said once for all, not the answers."""
        kept = {name: self.cells[name] for name in shared if name in self.cells}
        return Instance(place, kept, dict(self.system))


@dataclass(frozen=True)
class Known:
    """The field names of a questionnaire over all versions, and the header texts that exports write instead."""

    fields: Mapping[str, Field]
    shared: frozenset[str]
    labels: Mapping[str, str]
    seen: dict[str, tuple[str, str | None]] = field(default_factory=dict)

    def place_of(self, sent: str) -> tuple[str, str | None]:
        """Return field name and choice of a column; a column that no field claims keeps its whole name."""
        # Columns are few, cells are many; JSON brings the same names again and again.
        if sent not in self.seen:
            self.seen[sent] = self._place_of(sent)
        return self.seen[sent]

    def _place_of(self, sent: str) -> tuple[str, str | None]:
        if sent.strip().casefold() in self.labels:
            return self.labels[sent.strip().casefold()], None
        parts = [_INDEX.sub("", part) for part in _PARTS.split(sent)]
        if self._is_field(parts[-1]):
            return parts[-1], None
        above = parts[-2] if len(parts) > 1 else ""
        if above in self.fields and self.fields[above].many:
            return above, parts[-1]
        label, _, choice = sent.rpartition("/")
        if label.strip().casefold() in self.labels:
            return self.labels[label.strip().casefold()], choice
        return sent, None

    def _is_field(self, name: str) -> bool:
        return name in self.fields or name.removeprefix(COPY) in self.shared


def filled(text: object) -> str | None:
    """Return the text of a cell, or nothing for the marks that say there is nothing."""
    plain = "" if text is None else str(text).strip()
    return None if plain.lower() in MISSING_MARKS else plain


def add_cell(instance: Instance, sent: str, text: str, known: Known) -> None:
    """Put one filled cell where it belongs: to the answers, or to what the server says."""
    name, choice = known.place_of(sent)
    system = system_name(sent)
    if name == sent and system and name not in known.fields:
        instance.system.setdefault(system, text)
    else:
        instance.cells.setdefault(name, []).append(Cell(text, sent, choice))


def system_name(sent: str) -> str | None:
    """Return the lower-case name of a column that the server adds, or nothing for a question."""
    plain = sent.strip().lower()
    last = _PARTS.split(plain)[-1]
    if plain.startswith(("_", "@", _SET_OF, "meta/", "meta-", "meta:", "formhub/")) or "@odata." in plain:
        return last if plain.startswith("meta") else plain
    return plain if plain in _SYSTEM else None


def flat_instances(place: str, row: Mapping[str, object], known: Known) -> Iterator[Instance]:
    """Yield the instances of one line: itself, or one per index where repeats are written as `name[2]/question`."""
    base, repeats = Instance(place), dict[str, Instance]()
    indexed: dict[str, list[tuple[str, str]]] = {}
    for sent, value in row.items():
        text = filled(value)
        index = _INDEX.findall(sent)
        if text is None:
            continue
        if index:
            indexed.setdefault(".".join(index), []).append((sent, text))
        else:
            add_cell(base, sent, text, known)
    for index_text, cells in indexed.items():
        repeats[index_text] = base.child(f"{place}, repeat {index_text}", known.shared)
        for sent, text in cells:
            add_cell(repeats[index_text], sent, text, known)
    if not repeats or set(base.cells) - set(known.shared):
        yield base
    yield from repeats.values()


def line_instances(lines: Iterable[Mapping[str, object]], known: Known) -> Iterator[Instance]:
    """Yield the instances of the lines of a CSV file; each line brings its `source_ref`."""
    for line in lines:
        row = {name: value for name, value in line.items() if name not in ("row_number", "source_ref")}
        yield from flat_instances(str(line["source_ref"]), row, known)

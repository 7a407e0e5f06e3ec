"""Release notes: what changed since the release before, what was left out and why, and what readers should know."""

from warehouse.release.diff import Difference, TableChange
from warehouse.release.tables import Contents
from warehouse.verdict import PASSED, Verdict

MEANING = {
    "new_table": "a table that was not released before",
    "left_out": "the table has no rows any more",
    "new_period": "a period that was not released before",
    "new_indicator": "an indicator that was not released before",
    "late": "filled in by a later delivery",
    "restated": "changed by a later delivery",
    "new_delivery": "rows of a delivery that was not there before",
    "new_inputs": "moved by new deliveries through a shared quantity",
    "method": "the models changed",
    "retraction": "a delivery no longer counts",
    "unexplained": "no cause was found: please report this",
}


def write_notes(
    version: str, difference: Difference, contents: list[Contents], verdict: Verdict, statuses: dict[str, int]
) -> str:
    """The notes in Markdown."""
    lines = [f"# Release {version}", "", "## What it contains", "", "| table | audience | rows |", "|---|---|---:|"]
    lines += [f"| `{c.table.name}` | {c.table.audience} | {c.rows} |" for c in contents]
    lines += ["", "## What changed", ""]
    if difference.before is None:
        lines.append("This is the first release.")
    elif not difference.tables:
        lines.append(f"No row differs from release {difference.before}.")
    else:
        lines += [f"Compared with release {difference.before}:", ""]
        lines += [line for change in difference.tables for line in _change(change)]
    lines += ["", "## What was left out, and why", ""]
    lines += [f"- `{table}`: left out (empty)." for table in verdict.left_out]
    lines += [f"- {count} values have the status `{status}` and carry no number." for status, count in statuses.items()]
    if not verdict.left_out and not statuses:
        lines.append("Nothing.")
    return "\n".join([*lines, "", "## Warnings", "", *_warnings(verdict), ""])


def _change(change: TableChange) -> list[str]:
    head = f"- `{change.table}`: {change.added} added, {change.removed} removed, {change.changed} changed."
    causes = [f"  - {count} {label}: {MEANING.get(label, label)}." for label, count in sorted(change.classes.items())]
    return [head, *causes]


def _warnings(verdict: Verdict) -> list[str]:
    found = [check for check in verdict.checks if check.outcome != PASSED]
    lines = [f"- `{c.table}`, {c.name}: {c.reason} Found: {c.unexpected or c.observed}." for c in found]
    return lines or ["None."]

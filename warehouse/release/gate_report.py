"""The gate's verdict as a page that needs nothing from outside, and as JSON without sample rows."""

from html import escape
from typing import Any

from warehouse.verdict import PASSED, Check, Verdict

STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color: #1c2733; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 2rem; }
th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #d5dce3; vertical-align: top; }
.passed { color: #14683c; } .failed, .not_checked { color: #a3231f; font-weight: 600; }
code { font-size: .9em; overflow-wrap: anywhere; }
"""


def as_data(verdict: Verdict) -> dict[str, Any]:
    """The verdict for programs, with the seal that binds it to the candidate."""
    return {**verdict.to_dict(), "seal": verdict.seal}


def as_page(verdict: Verdict, version: str) -> str:
    """The verdict for people: one static page, everything escaped, no script and no request."""
    passed = sum(check.outcome == PASSED for check in verdict.checks)
    tables = sorted({check.table for check in verdict.checks})
    parts = [
        '<!doctype html><html lang="en"><head><meta charset="utf-8">',
        f"<title>Gate of release {escape(version)}</title><style>{STYLE}</style></head><body>",
        f"<h1>Gate of release {escape(version)}</h1>",
        f'<p>Verdict: <span class="{verdict.state}">{escape(verdict.state)}</span>. '
        f"{passed} of {verdict.declared} declared expectations passed, {len(verdict.checks)} ran. "
        f"Judged at {escape(verdict.at.isoformat())} on the bytes <code>{verdict.digest}</code>.</p>",
    ]
    if verdict.left_out:
        parts.append(f"<p>Left out (empty): {escape(', '.join(verdict.left_out))}.</p>")
    for table in tables:
        rows = "".join(_row(check) for check in verdict.checks if check.table == table)
        head = "<tr><th>expectation</th><th>severity</th><th>outcome</th><th>found</th><th>why it matters</th></tr>"
        parts.append(f"<h2>{escape(table)}</h2><table>{head}{rows}</table>")
    return "\n".join([*parts, "</body></html>", ""])


def _row(check: Check) -> str:
    found = f"{check.unexpected} rows" if check.unexpected is not None else check.observed
    cells = (check.name, check.severity, check.outcome.replace("_", " "), found, check.reason)
    marked = "".join(
        f'<td class="{check.outcome}">{escape(cell)}</td>' if position == 2 else f"<td>{escape(cell)}</td>"
        for position, cell in enumerate(cells)
    )
    return f"<tr>{marked}</tr>"

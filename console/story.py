"""`explain` for people: a value, its formula, what went in, where that came from, what was missing."""

from typing import Any

from console.output import console, draw, safe, say
from warehouse.release import Explanation

_MOST = 12
_INPUT = ("input_kind", "input_name", "input_value", "input_unit", "input_text", "file_name", "row_number")
_HEADERS = ("kind", "input", "value", "unit", "text", "file", "row")


def tell(explanation: Explanation, depth: int = 0) -> None:
    """Print the story of one value; the indicators it is made of follow in short."""
    value, formula = explanation.value, explanation.formula
    console.rule(f"{safe(value['kpi_id'])} {safe(formula.get('title') or value['kpi_key'])}")
    say(f"[bold]{_value(value)}[/bold]")
    where = f"{safe(value['entity_type'])} {safe(value['entity_id'])}, {value['period_start']} to {value['period_end']}"
    say(f"{where}, {_breakdowns(value)}release {safe(explanation.version)}, catalogue {safe(value['kpi_version'])}")
    basis = f" ({safe(value['coverage_basis'])})" if value["coverage_basis"] else ""
    say(f"status {safe(value['status'])}, coverage {_number(value['coverage'])}{basis}, {value['n_units']} units")
    say(f"data quality {_number(value['dq_score'])} (1 best, 5 worst)")
    if formula.get("formula"):
        say(f"formula: {safe(formula['formula'])}")
    _inputs("What went in", explanation.inputs)
    _inputs("What was missing or left out", explanation.missing)
    _deliveries(explanation.deliveries)
    for part in explanation.parts[:_MOST]:
        say(f"  ↳ {safe(part.value['kpi_id'])} {safe(part.value['entity_id'])}: {_value(part.value)}")
    if len(explanation.parts) > _MOST:
        say(f"  … and {len(explanation.parts) - _MOST} more indicators; --json has all.")


def _value(row: dict[str, Any]) -> str:
    if row["status"] != "ok":
        bounds = (
            f" (between {_number(row['value_low'])} and {_number(row['value_high'])})"
            if row["value_low"] is not None
            else ""
        )
        return f"no value: {safe(row['status'])}{bounds}"
    number = "" if row["value"] is None else f"{_number(row['value'])} {safe(row['unit'])}"
    bounds = f" [{_number(row['value_low'])} … {_number(row['value_high'])}]" if row["value_low"] is not None else ""
    return f"{number} {safe(row['state'] or '')}{safe(bounds)}".strip()


def _breakdowns(row: dict[str, Any]) -> str:
    named = {
        name: row[name] for name in row if name.startswith("dim_") and name != "dim_hash" and row[name] is not None
    }
    return "".join(f"{name[4:]} {safe(value)}, " for name, value in named.items())


def _number(value: Any) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if abs(value) >= 1e6 else f"{value:,.6g}"


def _inputs(title: str, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    shown = [row for row in rows if row["input_kind"] != "kpi"] or rows
    if shown[0]["input_kind"] == "kpi":
        names = ("input_name", "input_kpi_id", "input_entity_id", "input_value")
        draw(title, ["input", "kpi", "entity", "value"], [[row[name] for name in names] for row in shown[:_MOST]])
    else:
        draw(title, _HEADERS, [[row[name] for name in _INPUT] for row in shown[:_MOST]])
    if len(rows) > _MOST:
        say(f"… and {len(rows) - _MOST} more; --json has all.")


def _deliveries(rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    listed = [
        [r["delivery_id"], r["source"], r["sender"], r["file_name"], r["sha256"][:16] + "…", len(r["rows"])]
        for r in rows
    ]
    draw("Where it came from", ["delivery", "source", "sender", "file", "sha-256", "rows"], listed[:_MOST])

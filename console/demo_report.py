"""What the demo says at its end: the release, the deliveries, a handful of values, the time, what to try next."""

from collections import Counter
from typing import Any

from console.deliveries import first_reason, listed
from console.output import console, draw, safe, say
from console.sample_network import PLANTED
from warehouse import release
from warehouse.ledger import Delivery
from warehouse.settings import Settings

_GHG = "dim_variant = 'activity_burden_ghg'"
# One line per question that the sample network answers; values come from the release, never from the generator.
_QUESTIONS = (
    ("Does the EU depend on one country for a product? (import dependency flag)",
     "kpi_id = 'R13' and dim_variant = 'flag' and value = 1 and entity_id like 'EU|%'", "entity_id"),
    ("Which buyer hangs on single sources? (share of spend)",
     "kpi_id = 'R05' and entity_type = 'company' and dim_variant = 'single_source'", "value desc"),
    ("Which sector decouples emissions from value added?",
     "kpi_id = 'E22' and entity_type = 'network' and state = 'strong_decoupling' and dim_sector <> 'all'"
     f" and {_GHG}",
     "value"),
    ("… and which does not?",
     "kpi_id = 'E22' and entity_type = 'network' and state = 'expansive_negative_decoupling' and dim_sector <> 'all'"
     f" and {_GHG}",
     "value desc"),
    ("How much spend of the brand with the battery chain is certified? (certificates lapsed in 2025)",
     f"kpi_id = 'C01' and entity_id = '{PLANTED.chain_buyer}' and dim_standard = 'any'", "value"),
    ("How many companies answered? (response rate)",
     "kpi_id = 'Q05' and (dim_variant = 'all' or dim_variant is null) and dim_size_class is null", "value desc"),
)  # fmt: skip
_VALUE_SQL = """
select kpi_id, entity_id, year(period_end) as period, dim_sector, dim_category, dim_variant, value, unit, state
from fact_kpi_value
where status = 'ok' and {condition}
order by period_end desc, {order}, entity_id, dim_sector, dim_category
limit 1
"""


def collect(settings: Settings, deliveries: list[Delivery], seconds: dict[str, float]) -> dict[str, Any]:
    """Return what there is to say, as plain data."""
    current = release.current(settings)
    report: dict[str, Any] = {
        "release": None,
        "deliveries": [listed(d) | {"first_reason": first_reason(d)} for d in deliveries],
        "values": [],
        "seconds": {name: round(value, 1) for name, value in seconds.items()},
    }
    if current is not None:
        report["release"] = {"version": current.version, "path": str(current.path)}
        report["values"] = _values(settings)
    return report


def _values(settings: Settings) -> list[dict[str, Any]]:
    found = []
    with release.open_release(settings) as connection:
        for question, condition, order in _QUESTIONS:
            result = connection.execute(_VALUE_SQL.format(condition=condition, order=order))
            names = [column[0] for column in result.description]
            found += [{"question": question, **dict(zip(names, row, strict=True))} for row in result.fetchall()]
    return found


def render(report: dict[str, Any]) -> None:
    """Print the report for people."""
    console.rule("What happened to each delivery")
    rows = [
        [d["file_name"], d["source"], d["outcome"], d["rows_in"], d["rows_quarantined"], d["first_reason"]]
        for d in report["deliveries"]
    ]
    draw("", ["file", "source", "outcome", "rows", "quarantined", "first reason"], rows)
    outcomes = Counter(d["outcome"] for d in report["deliveries"])
    say(", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items())) or "no delivery")
    if report["values"]:
        console.rule("A handful of values (sample network: synthetic, not real companies)")
        for value in report["values"]:
            console.print(f"{safe(value['question'])}\n   [bold]{_value(value)}[/bold]")
    console.rule("Time")
    say(" · ".join(f"{name} {value:.1f} s" for name, value in report["seconds"].items()))
    _next(report)


def _value(value: dict[str, Any]) -> str:
    shown = value["state"] or ""
    if value["value"] is not None:
        shown = f"{value['value']:.4g} {value['unit']} {shown}"
    where = " ".join(str(value[c]) for c in ("entity_id", "dim_sector", "dim_category") if value[c])
    return safe(f"{value['kpi_id']} {where} {value['period']}: {shown}")


def _next(report: dict[str, Any]) -> None:
    if report["release"] is None:
        return
    console.rule("Release")
    say(f"[green]✓[/green] {safe(report['release']['version'])} in {safe(report['release']['path'])}")
    first = report["values"][0] if report["values"] else {"kpi_id": "R01", "entity_id": "…", "period": "…"}
    say("Three things to try next:")
    say(f"  liefernetz explain {first['kpi_id']} --entity '{safe(first['entity_id'])}' --period {first['period']}")
    say("  liefernetz query \"select * from benchmark_sector where kpi_id = 'S06'\"")
    say(f"  liefernetz release verify {safe(report['release']['version'])}")
    say("The command lies in .venv/bin; `liefernetz serve` keeps the line running.")

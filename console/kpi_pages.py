"""One documentation page per KPI, generated from what computes it: seeds, model description and first unit test.

The worked example is a unit test of the model, so that it cannot say anything that does not hold. Run by `make docs`.
"""

import csv
import io
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from warehouse.settings import PROJECT

THEMES = {
    "E": "Environment", "S": "Social", "G": "Governance", "D": "Due diligence", "C": "Certification",
    "R": "Resilience", "N": "Network", "P": "Public procurement", "B": "Benchmarks", "Q": "Data quality",
}  # fmt: skip
_RULES = {
    "M1": "additive total: the sum of what was observed; gaps are estimated where a factor exists, never filled with 0",
    "M2": "ratio of sums over the pairs that are complete, never a mean of ratios",
    "M3": "yes / no / unknown: unknown is never no; bounds take it as all no and all yes",
    "M4": "validity by the day; who was matched and has no record is not covered, who was not matched is unknown",
    "M5": "time to event: open cases are censored at the as-of date",
    "M6": "graph: unknown parts stay unknown, links are never made up",
    "M7": "units without context leave numerator and denominator; bounds take the best and the worst context",
    "strict": "all inputs must be there",
    "none": "never imputed, nothing is filled",
}
_INTERVALS = {
    "U1": "propagated measurement uncertainty, 95 %", "U2": "log-normal measurement uncertainty, 95 %",
    "U3": "bounds from what is unknown", "U4": "Poisson interval (Byar), 95 %", "U5": "Wilson interval, 95 %",
    "U6": "smallest and largest value over the scenarios or parameters", "U7": "Kaplan-Meier with Greenwood variance",
}  # fmt: skip
_BETTER = {
    "lower": "lower is better", "higher": "higher is better", "target": "two-sided: compared with an agreed corridor",
    "context": "no judgement", "state": "read the state, not the number",
}  # fmt: skip
_SETTING = ("kpi_definitions", "kpi_parameters")
Row = dict[str, Any]


def pages(project: Path = PROJECT) -> dict[str, str]:
    """File name and text of each page, the index `README.md` included."""
    seeds = project / "dbt_project" / "seeds"
    defined = {row["kpi_id"]: row for row in _seed(seeds / "kpi_definitions.csv")}
    texts = {row["kpi_id"]: row for row in _seed(seeds / "kpi_texts.csv")}
    references = _seed(seeds / "kpi_reference_map.csv")
    found = {}
    for kpi in sorted(set(texts) & set(defined), key=lambda k: (list(THEMES).index(k[0]), k)):
        codes = [row for row in references if row["kpi_id"] == kpi]
        path = project / "dbt_project" / "models" / "kpis" / f"kpi_{kpi.lower()}.yml"
        found[kpi] = _page(defined[kpi] | texts[kpi], codes, path)
    return {f"{kpi}.md": text for kpi, text in found.items()} | {"README.md": _index(list(found), texts)}


def _index(kpis: list[str], texts: dict[str, Row]) -> str:
    lines = ["# The KPIs", "", "Generated from the seeds and models by `make docs`; do not edit by hand.", ""]
    for letter, theme in THEMES.items():
        own = [kpi for kpi in kpis if kpi.startswith(letter)]
        lines += [f"## {theme}", "", *(f"- [{kpi}]({kpi}.md) {texts[kpi]['title']}" for kpi in own), ""] if own else []
    return "\n".join(lines)


def _page(kpi: Row, codes: list[Row], path: Path) -> str:
    model = yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else {}
    facts = [
        ("name", f"`{kpi['kpi_key']}`"),
        ("unit", kpi["unit"]),
        ("direction", _BETTER.get(kpi["direction"], kpi["direction"])),
        ("one value per", kpi["grain"].replace("_", " × ")),
        ("missing data", _explained(kpi["missing_rule"], _RULES)),
        ("coverage needed", f"{kpi['min_coverage']} of {kpi['coverage_basis']}" if kpi["min_coverage"] else "none"),
        ("interval", _explained(kpi["uncertainty"], _INTERVALS)),
        ("source of the formula", kpi["sources"]),
    ]
    lines = [f"# {kpi['kpi_id']} {kpi['title']}", "", kpi["formula"], ""]
    lines += _table(["", ""], facts)
    lines += ["## References", "", *_table(["framework", "version", "code"], [list(c.values())[1:] for c in codes])]
    for entry in model.get("models", [])[:1]:
        lines += ["## Model", "", f"[`{entry['name']}`](../../dbt_project/models/kpis/{entry['name']}.sql)", ""]
        lines += [" ".join(entry["description"].split()), ""]
    for test in model.get("unit_tests", [])[:1]:
        lines += _example(test)
    return "\n".join(lines).rstrip() + "\n"


def _example(test: Row) -> list[str]:
    lines = ["## Worked example", "", " ".join(str(test.get("description", "")).split()), ""]
    for given in test["given"]:
        name = str(given["input"]).split("(")[-1].rstrip(")").replace("'", "").replace(", ", ".")
        rows = _rows(given)
        if rows and name not in _SETTING and not name.startswith("landing."):
            lines += [f"Given `{name}`:", "", *_records(rows)]
    return [*lines, "Then:", "", *_records(_rows(test["expect"]))]


def _rows(block: Row) -> list[Row]:
    rows = block.get("rows") or []
    return list(csv.DictReader(io.StringIO(rows))) if isinstance(rows, str) else list(rows)


def _records(rows: list[Row]) -> list[str]:
    names = list(dict.fromkeys(name for row in rows for name in row))
    return _table(names, [[row.get(name) for name in names] for row in rows])


def _table(names: list[str], rows: Iterable[Iterable[Any]]) -> list[str]:
    cells = [" | ".join("" if c is None else str(c).replace("|", "\\|") for c in row) for row in rows]
    head = [f"| {' | '.join(names)} |", f"|{'---|' * len(names)}"]
    return [*head, *(f"| {line} |" for line in cells), ""]


def _explained(code: str, words: dict[str, str]) -> str:
    return "; ".join(f"{part}, {words[part]}" if part in words else part for part in code.split("_or_")) or "none"


def _seed(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def write(folder: Path) -> int:
    """Replace the pages in a folder; gives their number."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.md"):
        old.unlink()
    made = pages()
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")
    return len(made)


if __name__ == "__main__":
    print(f"{write(Path(sys.argv[1]))} pages in {sys.argv[1]}")

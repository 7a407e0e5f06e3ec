"""Writes the page: plain tables for everybody, and the same rows as JSON for the script that filters and draws."""

import json
from dataclasses import asdict
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from warehouse.page.content import Content

PAGE = "public/index.html"
WITHHELD = "c"
_HERE = Path(__file__).parent
_COLUMNS = ("weighted_mean", "p10", "p25", "p50", "p75", "p90", "unit", "n_band", "coverage", "dq_score")
_FRAMEWORKS = {"sdg_codes": "SDG", "esrs_codes": "ESRS", "gri_codes": "GRI", "vsme_codes": "VSME",
               "ungc_codes": "UN Global Compact", "oecd_codes": "OECD"}  # fmt: skip
_DIRECTIONS = {"lower": ("lower is better", "niedriger ist besser"), "higher": ("higher is better", "höher ist besser"),
               "target": ("a corridor is the aim", "Ziel ist ein Korridor"),
               "state": ("describes a state", "beschreibt einen Zustand"),
               "context": ("no judgement", "ohne Wertung")}  # fmt: skip


def write_page(folder: Path, content: Content) -> None:
    """Write the page into the folder of a release; the same content gives the same bytes."""
    path = folder / PAGE
    path.parent.mkdir(exist_ok=True)
    path.write_text(render(content), encoding="utf-8")


def render(content: Content) -> str:
    """The page as text."""
    template = Template((_HERE / "page.html").read_text(encoding="utf-8"))
    return template.substitute(
        title=escape(f"{content.network} · {content.version}"),
        network=escape(content.network),
        version=escape(content.version),
        created=escape(content.created),
        software=escape(content.software),
        banner=_banner(content),
        rows="\n".join(_row(row, content.sectors) for row in content.rows),
        kpis="\n".join(_kpi(kpi) for kpi in content.kpis),
        downloads="".join(f'<li><a href="{escape(f)}" download>{escape(f)}</a></li>' for f in content.files),
        changes=_changes(content),
        gate=_gate(content.gate),
        style=(_HERE / "page.css").read_text(encoding="utf-8"),
        script=(_HERE / "page.js").read_text(encoding="utf-8"),
        data=embedded({key: asdict(content)[key] for key in ("rows", "kpis", "sectors")}),
    )


def embedded(data: Any) -> str:
    """JSON that cannot leave its script element, whatever stands in the data."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, allow_nan=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def both(english: str, german: str) -> str:
    """A text in both languages; the style shows one of them."""
    return f'<span lang="en">{english}</span><span lang="de">{german}</span>'


def _banner(content: Content) -> str:
    if not content.synthetic:
        return ""
    text = both("Synthetic sample: no company in this network exists.",
                "Synthetisches Beispiel: Kein Unternehmen dieses Netzes existiert.")  # fmt: skip
    return f'<p class="banner" role="note"><strong>{text}</strong></p>'


def _row(row: dict[str, Any], sectors: dict[str, str]) -> str:
    shown = [WITHHELD if row.get(column) is None else str(row[column]) for column in _COLUMNS]
    figures = "".join(f'<td class="n">{escape(text)}</td>' for text in shown)
    sector = escape(f"{row['sector']} {sectors.get(row['sector'], '')}".strip())
    head = f'<th scope="row">{escape(row["kpi_id"])}</th><td>{escape(row["dim_variant"] or "–")}</td>'
    return f"<tr>{head}<td>{sector}</td><td>{escape(row['period_end'][:4])}</td>{figures}</tr>"


def _kpi(definition: dict[str, Any]) -> str:
    kpi = {k: "–" if v is None and k in ("formula", "unit", "direction", "sources", "title") else v
           for k, v in definition.items()}  # fmt: skip
    codes = "; ".join(f"{label}: {kpi[name]}" for name, label in _FRAMEWORKS.items() if kpi[name]) or "–"
    least = "" if kpi["min_coverage"] is None else f" (≥ {kpi['min_coverage']})"
    english, german = _DIRECTIONS.get(kpi["direction"], (escape(kpi["direction"]),) * 2)
    facts = [
        (both("Formula", "Formel"), escape(kpi["formula"])),
        (both("Unit", "Einheit"), escape(kpi["unit"])),
        (both("Direction", "Richtung"), both(english, german)),
        (both("Missing data: rule of the catalogue", "Fehlende Daten: Regel des Katalogs"),
         escape((kpi["missing_rule"] or "–") + least)),
        (both("Follows", "Nach"), escape(kpi["sources"])),
        (both("Counterparts", "Entsprechungen"), escape(codes)),
    ]  # fmt: skip
    listed = "".join(f"<dt>{term}</dt><dd>{text}</dd>" for term, text in facts)
    name = escape(kpi["kpi_id"])
    return f'<article id="kpi-{name}"><h3>{name} · {escape(kpi["title"])}</h3><dl>{listed}</dl></article>'


def _changes(content: Content) -> str:
    if content.before is None:
        return f"<p>{both('This is the first release.', 'Dies ist die erste Veröffentlichung.')}</p>"
    before = escape(content.before)
    if not content.changes:
        text = both(f"No public row differs from release {before}.", f"Keine öffentliche Zeile weicht von {before} ab.")
        return f"<p>{text}</p>"
    items = "".join(
        f"<li><code>{escape(c['table'])}</code>: "
        + both(f"{c['added']} added, {c['removed']} removed, {c['changed']} changed",
               f"{c['added']} neu, {c['removed']} entfallen, {c['changed']} geändert") + "</li>"
        for c in content.changes
    )  # fmt: skip
    return f"<p>{both(f'Compared with release {before}:', f'Verglichen mit {before}:')}</p><ul>{items}</ul>"


def _gate(gate: dict[str, Any]) -> str:
    state, passed, ran = escape(str(gate["state"])), gate["passed"], gate["ran"]
    english = f"Verdict: <strong>{state}</strong>. {passed} of {ran} checks passed."
    german = f"Urteil: <strong>{state}</strong>. {passed} von {ran} Prüfungen bestanden."
    return f"<p>{both(english, german)}</p>"

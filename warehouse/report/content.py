"""Arranges the rows of a company for the page: themes, indicators, measures over time, and what would improve them."""

import re
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from warehouse.report.reading import Book, Company, Row
from warehouse.report.words import Words

# Above this score half of the worst tiers went in: estimates stand where measurements could.
_ESTIMATED = 3.0
_WORD = re.compile(r"[^\s,;:|'\"()]+")
_NAMES = ("dim_standard", "dim_category", "dim_variant")


@dataclass(frozen=True)
class Measure:
    """One measure of an indicator: its newest value, the same measure before, and its place among peers."""

    kpi_id: str
    label: str
    latest: Row
    points: list[Row]


@dataclass(frozen=True)
class Indicator:
    """A KPI with its measures."""

    kpi_id: str
    title: str
    formula: Row
    measures: list[Measure]


@dataclass(frozen=True)
class Theme:
    """Indicators that belong together."""

    key: str
    indicators: list[Indicator]


def themes_of(company: Company, book: Book, words: Words) -> list[Theme]:
    """All indicators of a company by theme, in the order of the catalogue."""
    indicators = []
    for kpi_id, rows in groupby(company.values, key=lambda row: str(row["kpi_id"])):
        measures = [
            _measure(list(points), words)
            for _, points in groupby(rows, key=lambda row: tuple(row[name] for name in _NAMES))
        ]
        formula = book.formulas.get(kpi_id, {})
        own = str(formula.get("title") or kpi_id)
        title = words.say("kpis", kpi_id) if words.has("kpis", kpi_id) else own
        indicators.append(Indicator(kpi_id, title, formula, measures))
    order = list(words.texts["themes"])
    indicators.sort(key=lambda one: order.index(one.kpi_id[0]) if one.kpi_id[0] in order else len(order))
    return [Theme(key, list(found)) for key, found in groupby(indicators, key=lambda one: one.kpi_id[0])]


def _measure(rows: list[Row], words: Words) -> Measure:
    """The newest period, and earlier ones of the same length: a pair of years is not a year."""
    latest = max(rows, key=lambda row: (row["period_end"], row["period_start"]))
    points = [row for row in rows if row["span"] == latest["span"]]
    kpi_id = str(latest["kpi_id"])
    parts = [_part(kpi_id, name, latest[name], words) for name in _NAMES]
    return Measure(kpi_id, ", ".join(part for part in parts if part), latest, points)


def _part(kpi_id: str, column: str, code: str | None, words: Words) -> str:
    if code is None:
        return ""
    if kpi_id == "E04" and column == "dim_category":
        return f"{words.say('labels', 'category')} {code}"
    return words.say("measures", code)


def positions_of(themes: list[Theme]) -> dict[str, int]:
    """How often the newest values stand in each quarter, and how often the peers' cell is withheld."""
    found: dict[str, int] = {}
    for latest in (m.latest for theme in themes for one in theme.indicators for m in one.measures):
        key = "withheld" if latest["cell_status"] == "withheld" else latest["position"]
        if key and latest["status"] == "ok":
            found[key] = found.get(key, 0) + 1
    return found


def findings_of(company: Company, book: Book, words: Words) -> list[dict[str, Any]]:
    """What was noticed about the company's data; texts from data are marked, as they are in English only."""
    others = book.every_id - {company.entity_id}
    found = []
    for row in company.findings:
        # The stored message of an outlier has a distance to the sector in it, also where the sector's cell is withheld.
        known = words.has("finding_messages", row["finding_kind"])
        message, fix = (
            (words.say("finding_messages", row["finding_kind"]), words.say("finding_fixes", row["finding_kind"]))
            if known
            else (_without(others, row["message"]), _without(others, row["fix"]))
        )
        title = book.formulas.get(str(row["kpi_id"]), {}).get("title")
        subject = words.say("kpis", row["kpi_id"]) if words.has("kpis", str(row["kpi_id"])) else title
        found.append({
            "kind": words.say("finding_kinds", row["finding_kind"]), "year": row["year"] or "", "translated": known,
            "subject": f"{row['kpi_id']} {subject or ''}" if row["kpi_id"] else row["question_id"] or "",
            "found": _without(others, row["found"]), "message": message, "fix": fix,
        })  # fmt: skip
    return found


def _without(others: frozenset[str], text: str | None) -> str:
    """A text of a finding without the ids of other companies."""
    return _WORD.sub(lambda match: "…" if match[0] in others else match[0], text or "")


def improvements_of(themes: list[Theme]) -> list[dict[str, Any]]:
    """Indicators whose newest value is missing, thin or estimated: the reason, and the measures it holds for."""
    found = []
    for one in (indicator for theme in themes for indicator in theme.indicators):
        reasons: dict[str, list[Row]] = {}
        for measure in one.measures:
            reason = _reason(measure.latest)
            if reason:
                reasons.setdefault(reason, []).append(measure.latest)
        for reason, rows in reasons.items():
            coverages = [row["coverage"] for row in rows if row["coverage"] is not None]
            found.append({
                "indicator": one, "reason": reason, "n": len(rows), "year": rows[0]["period_end"].year,
                "coverage": min(coverages, default=None), "needed": one.formula.get("min_coverage"),
            })  # fmt: skip
    return found


def _reason(row: Row) -> str | None:
    if row["status"] in ("not_reported", "insufficient_coverage"):
        return str(row["status"])
    estimated = row["status"] == "ok" and row["dq_score"] is not None and row["dq_score"] > _ESTIMATED
    return "estimated" if estimated else None

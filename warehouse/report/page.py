"""Renders the report of one company as a single HTML file that asks for nothing from outside."""

from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from warehouse.report.content import Measure, findings_of, improvements_of, positions_of, themes_of
from warehouse.report.drawing import sparkline, strip
from warehouse.report.reading import Book, Company, Row
from warehouse.report.words import Words
from warehouse.verdict import PASSED

_TEMPLATES = Path(__file__).parent / "templates"
_QUANTILES = ("p10", "p25", "p50", "p75", "p90")


class Renderer:
    """One template, one release, one language, many companies."""

    def __init__(self, book: Book, words: Words, network: str) -> None:
        self._book, self._words = book, words
        # Names, notes and findings are text from deliveries: everything is escaped unless we drew it.
        environment = Environment(
            loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
            lstrip_blocks=True,
        )  # fmt: skip
        environment.globals.update(
            w=words,
            say=words.say,
            trend=self._trend,
            place=self._place,
            network=network,
            release=self._release(),
            style=Markup((_TEMPLATES / "report.css").read_text(encoding="utf-8")),  # noqa: S704 - our own file
        )
        self._template = environment.get_template("report.html")

    def page(self, company: Company) -> str:
        """The whole page."""
        themes = themes_of(company, self._book, self._words)
        measures = [m for theme in themes for one in theme.indicators for m in one.measures]
        return self._template.render(
            company=company,
            themes=themes,
            n_measures=len(measures),
            n_known=sum(m.latest["status"] == "ok" for m in measures),
            n_deliveries=sum(row["deliveries"] for row in company.deliveries),
            positions=positions_of(themes),
            findings=findings_of(company, self._book, self._words),
            improvements=improvements_of(themes),
        )

    def _release(self) -> dict[str, Any]:
        release, checks = self._book.release, self._book.gate["checks"]
        made: datetime = release.created_at
        return {
            "version": release.version, "date": made.date().isoformat(), "retracted": release.retracted,
            "state": self._book.gate["state"], "checks": len(checks),
            "passed": sum(check["outcome"] == PASSED for check in checks),
        }  # fmt: skip

    def _trend(self, measure: Measure) -> Markup:
        return sparkline(
            [row["value"] for row in measure.points],
            "; ".join(f"{self._words.period(r['period_start'], r['period_end'])}: {self._told(r)}"
                      for r in measure.points),
        )  # fmt: skip

    def _told(self, row: Row) -> str:
        if row["value"] is None:
            return self._words.say("statuses", row["status"])
        return self._words.with_unit(row["value"], row["unit"])

    def _place(self, row: Row) -> Markup:
        """The strip of a released cell, if it has quantiles and the company has a value."""
        quantiles = [row[name] for name in _QUANTILES]
        if row["value"] is None or any(value is None for value in quantiles):
            return Markup("")
        told = [f"{name} {self._words.number(row[name], row['unit'])}" for name in _QUANTILES]
        own = f"{self._words.say('labels', 'own')} {self._words.with_unit(row['value'], row['unit'])}"
        return strip(quantiles, row["value"], ", ".join([own, *told]))

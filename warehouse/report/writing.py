"""Writes the private reports of a release."""

from dataclasses import dataclass
from pathlib import Path

from warehouse.policy import load_policy
from warehouse.release.pointer import chosen
from warehouse.report.files import company_path, default_folder, refuse_public, save
from warehouse.report.page import Renderer
from warehouse.report.reading import read_book
from warehouse.report.words import load_words
from warehouse.settings import Settings


@dataclass(frozen=True)
class Written:
    """Which reports were written, and where."""

    version: str
    folder: Path
    paths: list[Path]


def write_reports(
    settings: Settings,
    company: str | None = None,
    version: str | None = None,
    folder: Path | None = None,
    language: str = "en",
) -> Written:
    """Write the report of one company, or of all. Raises `NoRelease`, `UnknownCompany`, `ReportRefused`."""
    release = chosen(settings, version)
    target = folder or default_folder(settings, release.version)
    refuse_public(settings, target)
    book = read_book(settings, release, company)
    renderer = Renderer(book, load_words(language), load_policy(settings).network_name)
    paths = []
    for one in book.companies:
        path = company_path(target, one.entity_id)
        save(path, renderer.page(one))
        paths.append(path)
    return Written(release.version, target, paths)

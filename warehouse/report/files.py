"""Where reports lie and who may open them: one closed folder per company, each file whole or not there at all."""

from pathlib import Path
from urllib.parse import quote

from warehouse.release.files import replace_file
from warehouse.settings import Settings

NAME = "report.html"
OWNER_FOLDER, OWNER_FILE = 0o700, 0o600


class ReportRefused(Exception):
    """The reports may not be written there; the message says why."""


def default_folder(settings: Settings, version: str) -> Path:
    """Beside the releases, never inside one: nothing public can link to it by a relative path within the release."""
    return settings.home / "reports" / version


def refuse_public(settings: Settings, folder: Path) -> None:
    """Private reports do not go where releases lie."""
    if folder.resolve().is_relative_to(settings.releases.resolve()):
        raise ReportRefused(f"{folder} is part of the releases; private reports need a folder outside of them.")


def company_path(folder: Path, entity_id: str) -> Path:
    """Path of a company's report; an id is text from a delivery and may not walk through folders."""
    safe = quote(entity_id, safe="")
    return folder / (f"%2E{safe[1:]}" if safe.startswith(".") else safe or "%00") / NAME


def save(path: Path, page: str) -> None:
    """Write one report into its company's folder, both for the owner only."""
    folder = path.parent
    for missing in reversed([p for p in folder.parents if not p.exists()]):
        missing.mkdir(mode=OWNER_FOLDER)
    folder.mkdir(mode=OWNER_FOLDER, exist_ok=True)
    if folder.is_symlink():
        raise ReportRefused(f"{folder} is a link to another folder: remove it and write the report again.")
    folder.chmod(OWNER_FOLDER)
    replace_file(path, page, OWNER_FILE)

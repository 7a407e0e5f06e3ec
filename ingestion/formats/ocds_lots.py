"""OCDS releases as rows: one per lot, or per award of a lot where it has several."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

from ingestion.formats.ocds_awards import Award, award_values, awards_of
from ingestion.formats.ocds_fields import WrongShape, classifications, listed, mapping, money, text, texts
from ingestion.formats.ocds_notice import notice_values
from ingestion.formats.ocds_packages import Release, read_releases
from ingestion.formats.ocds_sustainability import aims
from ingestion.formats.strategic_aims import joined, shortened
from ingestion.records import Record, Rejected

_NO_AWARD: tuple[Award | None, ...] = (None,)
_FIX = "correct the release so that it follows the OCDS release schema"


def read_ocds(path: Path) -> Iterator[Record | Rejected]:
    """Yield the rows of every release; one rejected row for each release, record or package that gives none."""
    numbers = count(1)
    for found in read_releases(path):
        if not isinstance(found, Release):
            yield Rejected(next(numbers), found.place, found.code, found.message, found.fix)
            continue
        try:
            rows = list(_rows(found))
        except WrongShape as error:
            yield Rejected(next(numbers), found.place, "wrong_shape", str(error), _FIX)
            continue
        for place, values in rows:
            yield Record(next(numbers), place, values)


def _rows(release: Release) -> Iterator[tuple[str, dict[str, str | None]]]:
    body = release.body
    tender, parties = mapping(body, "tender"), listed(body, "parties")
    notice = notice_values(release)
    # The extension for withheld information names fields as eForms does.
    withheld = frozenset(field for e in listed(body, "withheldInformation") for field in texts(e, "field"))
    notice["withheld_fields"] = joined(sorted(withheld))
    lots, awards = listed(tender, "lots"), awards_of(body)
    known = {text(lot, "id") for lot in lots}
    for number, lot in enumerate(lots):
        own = [award for award in awards if text(lot, "id") in award.lot_ids]
        if len(lots) == 1:
            own = [award for award in awards if not award.lot_ids or award in own]
        values = notice | _lot_values(body, tender, lot, len(lots) == 1)
        for award in own or _NO_AWARD:
            yield f"{release.place}/tender/lots/{number}", values | award_values(award, parties, withheld)
    # Awards that name no lot of this release belong to the procedure, not to a guessed lot.
    rest = [award for award in awards if not known.intersection(award.lot_ids) and (len(lots) != 1 or award.lot_ids)]
    if rest or not lots:
        for award in rest or _NO_AWARD:
            items = _award_items(award) if not lots else []
            values = notice | _procedure_values(body, tender, items, bool(lots))
            yield release.place or "/", values | award_values(award, parties, withheld)


def _lot_values(
    release: dict[str, Any], tender: dict[str, Any], lot: dict[str, Any], is_only: bool
) -> dict[str, str | None]:
    lot_id = text(lot, "id")
    # An item that names no lot is said of all of them.
    sent = [(item, texts(item, "relatedLot")) for item in listed(tender, "items")]
    items = [item for item, named in sent if is_only or not named or lot_id in named]
    items += [item for award in awards_of(release) if award.lot_ids == (lot_id,) for item in _award_items(award)]
    items = [*_own_item(lot), *items]
    if not any(mapping(item, "classification") for item in items):
        items = [*_own_item(tender), *items]
    value = money(lot, "estimated")
    if is_only and value["estimated_value"] is None:
        value = money(tender, "estimated")
    title, language = _title(lot, text(release, "language"))
    return value | classifications(items) | aims(lot, tender) | _framework(lot, tender) | {
        "lot_level": "lot", "lot_id": lot_id, "lot_title": title, "title_language": language,
    }  # fmt: skip


def _own_item(lot: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the lot itself as an item if it carries a classification, as some profiles write it."""
    return [lot] if mapping(lot, "classification") else []


def _procedure_values(
    release: dict[str, Any], tender: dict[str, Any], award_items: list[dict[str, Any]], has_lots: bool
) -> dict[str, str | None]:
    items = [*_own_item(tender), *listed(tender, "items"), *award_items]
    # The value of the whole procedure stands in the rows of its lots already.
    value = money({} if has_lots else tender, "estimated")
    title, language = _title(tender, text(release, "language"))
    return value | classifications(items) | aims({}, tender) | _framework({}, tender) | {
        "lot_level": "procedure", "lot_title": title, "title_language": language,
    }  # fmt: skip


def _award_items(award: Award | None) -> list[dict[str, Any]]:
    if award is None:
        return []
    return [item for holder in (award.body, *award.contracts) for item in listed(holder, "items")]


def _title(holder: dict[str, Any], language: str | None) -> tuple[str | None, str | None]:
    """Return the title in the language of the release, else the first translation with its language."""
    plain = text(holder, "title")
    if plain:
        return shortened(plain), language
    for name in holder:
        if name.startswith("title_") and text(holder, name):
            return shortened(text(holder, name)), name.removeprefix("title_")
    return None, None


def _framework(lot: dict[str, Any], tender: dict[str, Any]) -> dict[str, str | None]:
    techniques = mapping(lot, "techniques") or mapping(tender, "techniques")
    answered = text(techniques, "hasFrameworkAgreement")
    kind = text(mapping(techniques, "frameworkAgreement"), "method")
    states = {"true": "stated", "false": "declared_none"}
    return {"framework_state": "stated" if kind else states.get(answered or "", "absent"), "framework_type": kind}

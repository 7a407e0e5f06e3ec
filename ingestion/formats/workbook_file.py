"""A workbook as an archive: bounded, plain, without programs or links, before any parser opens it."""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from pathlib import Path

from ingestion.formats.bounds import DEFAULT, GROWTH_FREE, Bounds, refuse

_BLOCK = 1 << 20
# Entities explode or read files, what is not UTF-8 would hide them; rows beyond the last keep a reader busy for hours.
_DECLARES = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*?\br=[\"']([0-9]+)[\"']")
_LAST_ROW = 1_048_576
_OVERLAP = 200
_FORBIDDEN_MEMBER = re.compile(r"vbaProject|externalLinks/|macrosheets/|embeddings/.*[.]bin$", re.IGNORECASE)


def check_workbook(path: Path, bounds: Bounds = DEFAULT) -> None:
    """Refuse archives that are no plain workbook, hide programs or links, or would unpack beyond the bounds."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            names = {m.filename for m in members}
            if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
                raise refuse(
                    "not_a_table", "the file is a zip archive, not a workbook", "send the CSV or XLSX file itself"
                )
            _check_members(members, path.stat().st_size, bounds)
            _count(archive, members, bounds)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError) as error:
        raise refuse(
            "damaged_zip", f"the workbook is damaged ({error})", "save it again as XLSX and send it again"
        ) from error


def _check_members(members: list[zipfile.ZipInfo], packed: int, bounds: Bounds) -> None:
    declared = sum(m.file_size for m in members)
    if (
        declared > bounds.workbook_bytes
        or len(members) > bounds.members
        or declared > max(GROWTH_FREE, packed * bounds.ratio)
    ):
        raise refuse(
            "too_large",
            f"the workbook unpacks to {declared} bytes from {packed}",
            "delete unused sheets and formats, or send CSV",
        )
    for member in members:
        if member.flag_bits & 1:
            raise refuse("encrypted", "the workbook is encrypted", "save it without a password")
        if _FORBIDDEN_MEMBER.search(member.filename) or _odd_path(member):
            raise refuse(
                "active_content",
                "the workbook holds macros, external links or odd paths",
                "save it as plain XLSX, values only",
            )


def _count(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], bounds: Bounds) -> None:
    counted = 0
    for member in members:
        is_xml = member.filename.lower().endswith((".xml", ".rels", ".vml"))
        with archive.open(member) as stream:
            kept = b""
            while piece := stream.read(_BLOCK):
                counted += len(piece)
                if counted > bounds.workbook_bytes:
                    raise refuse("too_large", "the workbook unpacks to more than it declares", "save it again as XLSX")
                if is_xml:
                    _check_xml(kept + piece)
                    kept = piece[-_OVERLAP:]


def _check_xml(text: bytes) -> None:
    if b"\0" in text or _DECLARES.search(text):
        raise refuse("active_content", "the workbook declares entities or is not in UTF-8", "save it again as XLSX")
    if any(len(row) > 7 or int(row) > _LAST_ROW for row in _ROW.findall(text)):
        raise refuse("too_large", f"the workbook has a row beyond row {_LAST_ROW}", "save it again as XLSX")


def _odd_path(member: zipfile.ZipInfo) -> bool:
    name = member.filename
    is_link = stat.S_ISLNK(member.external_attr >> 16)
    return is_link or ".." in name or "\\" in name or name.startswith("/")

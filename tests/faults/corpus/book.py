"""Workbooks written by hand, part by part, because the hostile ones are those that no office program writes."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from xml.sax.saxutils import escape

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET = "xl/worksheets/sheet1.xml"
_DATED = (2026, 1, 1, 0, 0, 0)


def sheet(rows: Sequence[Sequence[str]], doctype: str = "", more: str = "") -> str:
    """Return the XML of a sheet with inline texts; `more` follows the last row."""
    lines = "".join(f'<row r="{r}">{"".join(map(cell, row))}</row>' for r, row in enumerate(rows, start=1))
    return f'{_HEAD}{doctype}<worksheet xmlns="{_MAIN}"><sheetData>{lines}{more}</sheetData></worksheet>'


def cell(text: str) -> str:
    """Return one cell; a text that starts with `&` stays as it is, for entities."""
    shown = text if text.startswith("&") else escape(text)
    return f'<c t="inlineStr"><is><t>{shown}</t></is></c>'


def parts(rows: Sequence[Sequence[str]], **of_sheet: str) -> dict[str, str]:
    """Return the parts of a plain workbook whose one sheet is called answers."""
    kinds = f"{_PACKAGE}/content-types"
    book, part = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "worksheet+xml"
    types = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{book}"/>'
        f'<Override PartName="/{SHEET}" ContentType="{book.replace("sheet.main+xml", part)}"/>'
    )
    return {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{kinds}">{types}</Types>',
        "_rels/.rels": _relation("officeDocument", "xl/workbook.xml"),
        "xl/_rels/workbook.xml.rels": _relation("worksheet", "worksheets/sheet1.xml"),
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="answers" sheetId="1" r:id="rId1"/></sheets></workbook>',
        SHEET: sheet(rows, **of_sheet),
    }


def _relation(kind: str, target: str) -> str:
    one = f'<Relationship Id="rId1" Type="{_OFFICE}/{kind}" Target="{target}"/>'
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{one}</Relationships>'


def packed(members: Mapping[str, str | bytes], mode: int = 0) -> bytes:
    """Return a zip archive with a fixed date; `mode` is the Unix kind of its members."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, _DATED)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = mode << 16
            archive.writestr(info, content)
    return out.getvalue()

"""XML read strictly: bounded, without document types, entities or anything that reaches outside the file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from ingestion.formats.bounds import DEFAULT, Bounds, refuse

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_DEEPEST = 100
_FIX = "export it again as well-formed XML without DOCTYPE"


def read_xml(path: Path, bounds: Bounds = DEFAULT) -> Element:
    """Return the root element. Raises `FileRefused`, also for every DOCTYPE: entities can explode or read files."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    if path.stat().st_size > bounds.document_bytes:
        raise refuse("too_large", f"the document is larger than {bounds.document_bytes >> 20} MB", "send it in parts")
    depth, root = 0, None
    try:
        for event, element in iterparse(path, events=("start", "end"), forbid_dtd=True):
            depth += 1 if event == "start" else -1
            root = element if root is None else root
            if depth > _DEEPEST:
                raise refuse("too_deep", f"the document nests deeper than {_DEEPEST} levels", _FIX)
    except DefusedXmlException as error:
        raise refuse("active_content", "the document declares a DOCTYPE or entities", _FIX) from error
    except (ParseError, LookupError) as error:  # LookupError: an encoding that nobody knows
        raise refuse("damaged_xml", f"the document is not well-formed ({error})", _FIX) from error
    if root is None:
        raise refuse("empty_file", "the document holds no element", _FIX)
    found: Element = root
    return found

"""JSON and XML are read strictly: each way to break or exhaust a parser is refused, and numbers stay as written."""

import json
from pathlib import Path

import pytest

from ingestion.formats.bounds import Bounds
from ingestion.formats.containers import open_container
from ingestion.formats.json_text import Number, read_json
from ingestion.formats.xml_text import read_xml
from ingestion.records import FileRefused

LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><l>&b;</l>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>'


def write(folder: Path, text: str | bytes) -> Path:
    file = folder / "delivered"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def test_numbers_keep_their_digits_and_strings_their_brackets(tmp_path: Path) -> None:
    found = read_json(write(tmp_path, '{"a": 0.10, "b": 12345678901234567890, "c": "[[{\\"", "d": [true, null]}'))
    assert found == {"a": "0.10", "b": "12345678901234567890", "c": '[[{"', "d": [True, None]}
    assert isinstance(found["a"], Number)
    assert not isinstance(found["c"], Number)


@pytest.mark.parametrize(("text", "code"), [
    ('{"a": 1, "a": 2}', "duplicate_key"),
    ('{"a": NaN}', "not_a_number"),
    ('{"a": -Infinity}', "not_a_number"),
    ("[" * 100_000 + "]" * 100_000, "too_deep"),
    ('{"a": ' * 65 + "1" + "}" * 65, "too_deep"),
    ('{"a": 1', "damaged_json"),
    (b'{"a": "\xff"}', "bad_encoding"),
])  # fmt: skip
def test_json_that_means_harm_or_nothing_is_refused(tmp_path: Path, text: str | bytes, code: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        read_json(write(tmp_path, text))
    assert refusal.value.code == code


def test_depth_inside_the_limit_is_read(tmp_path: Path) -> None:
    assert json.dumps(read_json(write(tmp_path, "[" * 64 + "]" * 64))) == "[" * 64 + "]" * 64


def test_a_number_of_thousands_of_digits_is_text_like_any_other(tmp_path: Path) -> None:
    assert read_json(write(tmp_path, "9" * 5000)) == "9" * 5000


@pytest.mark.parametrize(("text", "code"), [
    (LAUGHS, "active_content"),
    (OUTSIDE, "active_content"),
    ("<!DOCTYPE a><a/>", "active_content"),
    ("<a>" * 200 + "</a>" * 200, "too_deep"),
    ("<a><b></a>", "damaged_xml"),
    ("<a/><b/>", "damaged_xml"),
])  # fmt: skip
def test_xml_that_means_harm_or_nothing_is_refused(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        read_xml(write(tmp_path, text))
    assert refusal.value.code == code


def test_xml_is_read(tmp_path: Path) -> None:
    root = read_xml(write(tmp_path, "<?xml version='1.0'?><a><b>1</b><b>2</b></a>"))
    assert [child.text for child in root] == ["1", "2"]


@pytest.mark.parametrize("read", [read_json, read_xml])
def test_a_document_beyond_the_bounds_is_refused(tmp_path: Path, read: object) -> None:
    assert callable(read)
    with pytest.raises(FileRefused, match="too_large"):
        read(write(tmp_path, "[1]"), Bounds(document_bytes=2))


@pytest.mark.parametrize(("text", "expected", "media"), [
    ('{"a": 1}', {"csv", "json"}, "json"),
    ("<a/>", {"xml"}, "xml"),
    ("a,b\n1,2\n", {"csv", "json"}, "csv"),
    ("\ufeff [1]", {"json"}, "json"),
    ("ARROW1xx", {"arrow"}, "arrow"),
])  # fmt: skip
def test_the_media_is_seen_in_the_bytes(tmp_path: Path, text: str, expected: set[str], media: str) -> None:
    assert open_container(write(tmp_path, text), tmp_path, expected)[0] == media


@pytest.mark.parametrize(("text", "expected"), [
    ('{"error": 503}', {"csv"}), ("<html><body>503</body></html>", {"xml"}), ("<!DOCTYPE html><p/>", {"xml", "csv"}),
])  # fmt: skip
def test_what_a_source_does_not_take_is_refused(tmp_path: Path, text: str, expected: set[str]) -> None:
    with pytest.raises(FileRefused, match="not_a_table"):
        open_container(write(tmp_path, text), tmp_path, expected)

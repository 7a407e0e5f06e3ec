"""Family documents: JSON, XML and Arrow that want to exhaust, to reach outside, or to say two things at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from random import Random

import pyarrow as pa

from tests.faults.corpus.case import Case

_MB = 1 << 20


def documents(rng: Random, secret: str) -> Iterator[Case]:
    """Hostile documents, each to a source that takes its media; `secret` is a file that nobody may read."""
    token = f"d{rng.getrandbits(24):x}"
    for name, (content, code) in _json(token).items():
        yield _refused(f"json_{name}", content, code, "product_footprints", ".json")
    for name, (content, code) in _xml(token, secret).items():
        yield _refused(f"xml_{name}", content, code, "labour_risk_goods", ".xml")
    for name, (content, code) in _arrow(rng, token).items():
        yield _refused(f"arrow_{name}", content, code, "mill_register", ".arrow")


def _refused(name: str, content: bytes, code: str, source: str, ending: str) -> Case:
    return Case("documents", name, content, "rejected", (code,), source=source, file_name=f"{name}{ending}")


def _json(token: str) -> dict[str, tuple[bytes, str]]:
    one = {"id": token, "specVersion": "2.0.0", "companyName": "x"}
    plain = json.dumps({"data": [one]}).encode()
    return {
        "deep_lists": (b"[" * 200_000 + token.encode(), "too_deep"),
        "deep_objects": (b'{"a":' * 65 + f'"{token}"'.encode() + b"}" * 65, "too_deep"),
        "deep_behind_brackets_in_text": (b'["[[[[", ' + b"[" * 70 + token.encode() + b"]" * 71, "too_deep"),
        "duplicate_key": (f'{{"data": [], "{token}": 1, "data": [1]}}'.encode(), "duplicate_key"),
        "duplicate_key_by_escape": (f'{{"{token}": 1, "\\u0064{token[1:]}": 2}}'.encode(), "duplicate_key"),
        "nan": (f'{{"data": [{{"id": "{token}", "pcf": NaN}}]}}'.encode(), "not_a_number"),
        "infinity": (f'{{"data": ["{token}", -Infinity]}}'.encode(), "not_a_number"),
        "broken_utf8": (plain.replace(b"companyName", b"company\xff\xc0"), "bad_encoding"),
        "cut": (plain[:-7], "damaged_json"),
        "two_documents": (plain + plain[:9], "damaged_json"),
        "comment": (plain.replace(b"[", b"[ /* here */ "), "damaged_json"),
        "million_digits": (f'{{"{token}": '.encode() + b"7" * _MB + b"}", "unknown_format"),
        "exponent_without_end": (f'{{"{token}": 1e{"9" * 5_000}}}'.encode(), "unknown_format"),
        "million_empty_objects": (f'["{token}"'.encode() + b",{}" * _MB + b"]", "unknown_format"),
        "one_long_text": (f'["{token}'.encode() + b"\\\\" * (8 * _MB) + b'"]', "unknown_format"),
        "open_text": (f'["{token}'.encode() + b"\\\\" * (8 * _MB), "damaged_json"),
        "thirty_million_zeros": (b"[1" + b",0" * (30 * _MB) + b"]", "too_large"),
        "larger_than_agreed": (b'["' + token.encode() + b" " * (65 * _MB) + b'"]', "too_large"),
    }


def _xml(token: str, secret: str) -> dict[str, tuple[bytes, str]]:
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else token}">' for n in range(12))
    long_text = f'<!ENTITY a "{"x" * 50_000}">'
    outside = f'<!ENTITY a SYSTEM "file://{secret}">'
    return {
        "laughs": (f"<!DOCTYPE r [{laughs}]><r>&a11;</r>".encode(), "active_content"),
        "quadratic": (f"<!DOCTYPE r [{long_text}]><r>{'&a;' * 9_000}{token}</r>".encode(), "active_content"),
        "outside_file": (f"<!DOCTYPE r [{outside}]><r>&a;{token}</r>".encode(), "active_content"),
        "outside_type": (f'<!DOCTYPE r SYSTEM "http://evil.example/{token}"><r/>'.encode(), "active_content"),
        "parameter_entity": (f'<!DOCTYPE r [<!ENTITY % p SYSTEM "file://{secret}"> %p;]><r/>'.encode(),
                             "active_content"),
        "undefined_entity": (f"<r>&{token};</r>".encode(), "damaged_xml"),
        "deep": (b"<r>" * 100_000 + token.encode(), "too_deep"),
        "cut": (f"<Good_List><Good>{token}</Good".encode(), "damaged_xml"),
        "broken_utf8": (f"<r>{token}".encode() + b"\xff\xfe\xc0</r>", "damaged_xml"),
        "unknown_encoding": (f'<?xml version="1.0" encoding="evil-{token}"?><r/>'.encode(), "damaged_xml"),
        "many_attributes": (b"<r " + b" ".join(b'a%d="1"' % n for n in range(100_000)) + f'>{token}</r>'.encode(),
                            "unknown_format"),
        "same_attribute_twice": (f'<r a="1" a="2">{token}</r>'.encode(), "damaged_xml"),
        "million_elements": (b"<r>" + b"<e/>" * _MB + token.encode() + b"</r>", "unknown_format"),
        "larger_than_agreed": (b"<r>" + token.encode() + b" " * (65 * _MB) + b"</r>", "too_large"),
    }  # fmt: skip


def _arrow(rng: Random, token: str) -> dict[str, tuple[bytes, str]]:
    out, table = BytesIO(), pa.table({"x": [f"{token}{n}" for n in range(50)]})
    with pa.ipc.new_file(out, table.schema) as writer:
        writer.write_table(table)
    whole = out.getvalue()
    flipped = bytearray(whole)
    for place in rng.sample(range(len(whole) // 2, len(whole) - 12), 40):
        flipped[place] ^= 0xFF
    return {
        "magic_only": (b"ARROW1\0\0" + token.encode(), "unreadable"),
        "cut": (whole[: -rng.randint(9, 60)], "unreadable"),
        "flipped_bytes": (bytes(flipped), "unreadable"),
        "footer_of_two_gigabytes": (whole[:-10] + b"\xff\xff\xff\x7f" + whole[-6:], "unreadable"),
        "stream_of_two_gigabytes": (b"\xff\xff\xff\xff\xff\xff\xff\x7f" + token.encode(), "cut_off"),
        "foreign_columns": (whole, "unknown_format"),
    }

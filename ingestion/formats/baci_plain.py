"""The layout of BACI at first sight: six columns of digits, as CEPII publishes them.

The tests are narrower than the rules of the source on purpose: what fails one is read carefully, not refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ingestion.declarations import Format
from ingestion.formats.plain_text import PlainLayout

_KILO = 1000  # thousands of dollars, tonnes


def baci_layout(edition: Callable[[Format, str], Mapping[str, str]]) -> PlainLayout:
    """Return the layout; `edition` tells HS revision and release from the file name, as SQL literals."""

    def constants(form: Format, file_name: str) -> dict[str, str]:
        named = {name: literal.strip("'") for name, literal in edition(form, file_name).items()}
        return {"code_scheme": "baci", "flow": "export"} | named | dict(form.constants)

    return PlainLayout(
        header=("t", "i", "j", "k", "v", "q"),
        alphabet=b"0123456789.NA",
        cells={
            "year": "try_cast(t as smallint)", "reporter": "try_cast(i as integer)",
            "partner": "try_cast(j as integer)", "product": "try_cast(k as integer)",
            "value": _thousands("v"), "weight": _thousands("q"),
        },
        sound=" and ".join([
            "strlen(t) = 4 and year between 1962 and 2100", _whole("i", "reporter"), _whole("j", "partner"),
            "strlen(k) = 6 and not contains(k, '.') and product is not null", _decimal("v", "value"),
            f"(q = 'NA' or ({_decimal('q', 'weight')}))",
        ]),
        columns={
            "year": "year", "reporter_code": "reporter", "partner_code": "partner", "hs_code": "k",
            "value_usd": "value", "netweight_kg": "weight",
        },
        constants=constants,
    )  # fmt: skip


def _thousands(cell: str) -> str:
    return f"cast(try_cast({cell} as decimal(18, 6)) * {_KILO} as decimal(28, 9))"


def _whole(cell: str, value: str) -> str:
    # A cast rounds what has a point, so there must be none.
    return f"strlen({cell}) <= 9 and not contains({cell}, '.') and {value} is not null"


def _decimal(cell: str, value: str) -> str:
    # Digits on both sides of the point; in this alphabet only the point sorts before the digits.
    return f"strlen({cell}) <= 18 and {cell} >= '0' and not ends_with({cell}, '.') and {value} is not null"

"""Closed lists that cells are checked against: countries and units from the seeds, currencies of ISO 4217."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_ISO_4217 = (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF "
    "CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK "
    "HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL "
    "MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON "
    "RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH "
    "UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG"
)
CURRENCIES = tuple(_ISO_4217.split())


@cache
def seed_codes(seeds: Path, seed: str, column: str) -> tuple[str, ...]:
    """Return the values of one column of a seed; none if the project has no such seed."""
    path = seeds / f"{seed}.csv"
    if not path.exists():
        return ()
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(sorted({row[column] for row in csv.DictReader(file) if row[column]}))


def allowed_codes(codes: tuple[str, ...] | Mapping[str, str], seeds: Path) -> tuple[str, ...]:
    """Return the list that a declaration names: written out, or a column of a seed."""
    return seed_codes(seeds, codes["seed"], codes["column"]) if isinstance(codes, Mapping) else codes

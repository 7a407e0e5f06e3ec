"""Trade files in the layouts of their publishers: BACI with its code lists, UN Comtrade's old export and its API."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from console.sample_network.catalogue import CATEGORIES
from console.sample_network.figures import COUNTRIES
from console.sample_network.trade_flows import Flow
from console.sample_network.trade_layouts import API_COLUMNS, LEGACY_COLUMNS
from console.sample_network.writing import LABEL, Row, number, write_csv

WORLD = 0
AREAS_NES = 899
WORLD_NAME, NES_NAME = "World", "Areas, nes"
# Share of a reporter's imports whose origin is stated as "areas, not elsewhere specified".
NES_SHARE = 0.01


def write_baci(path: Path, flows: Iterable[Flow], year: int) -> Path:
    """Write one year in BACI's six columns: value in thousand dollars, quantity in tonnes."""
    rows: list[Row] = [
        {
            "t": flow.year,
            "i": COUNTRIES[flow.exporter].trade_code,
            "j": COUNTRIES[flow.importer].trade_code,
            "k": flow.hs6,
            "v": number(flow.thousand_usd),
            "q": number(flow.tonnes),
        }
        for flow in flows
        if flow.year == year
    ]
    return write_csv(path, ("t", "i", "j", "k", "v", "q"), rows)


def write_country_codes(path: Path) -> Path:
    """Write BACI's list of country codes, which are not those of ISO 3166 for France, India and the United States."""
    rows: list[Row] = [
        {"country_code": one.trade_code, "country_name": one.name, "country_iso2": one.iso2, "country_iso3": one.iso3}
        for one in sorted(COUNTRIES.values(), key=lambda one: one.trade_code)
    ]
    return write_csv(path, ("country_code", "country_name", "country_iso2", "country_iso3"), rows)


def write_product_codes(path: Path) -> Path:
    """Write BACI's list of goods codes."""
    goods = sorted(CATEGORIES, key=lambda one: one.hs6)
    rows: list[Row] = [{"code": one.hs6, "description": f"{one.goods} ({LABEL})"} for one in goods]
    return write_csv(path, ("code", "description"), rows)


def write_legacy(path: Path, flows: list[Flow]) -> Path:
    """Write UN Comtrade's old web export: imports and exports by partner, the world and areas nes."""
    goods = {category.hs6: category.goods for category in CATEGORIES}
    rows: list[Row] = []
    for flow_code, year, reporter, partner, hs6, value, kilograms in _reports(flows):
        code, name, iso = _partner(partner)
        own = COUNTRIES[reporter]
        rows.append(
            dict.fromkeys(LEGACY_COLUMNS)
            | {"Classification": "H6", "Year": year, "Period": year, "Period Desc.": year, "Aggregate Level": 6}
            | {"Is Leaf Code": 1, "Trade Flow Code": 1 if flow_code == "M" else 2}
            | {"Trade Flow": "Import" if flow_code == "M" else "Export"}
            | {"Reporter Code": own.trade_code, "Reporter": own.name, "Reporter ISO": own.iso3}
            | {"Partner Code": code, "Partner": name, "Partner ISO": iso}
            | {"Commodity Code": hs6, "Commodity": f"{goods[hs6]}; {LABEL}", "Qty Unit Code": 8}
            | {"Qty Unit": "Weight in kilograms", "Qty": kilograms, "Netweight (kg)": kilograms}
            | {"Trade Value (US$)": value, "Flag": 0}
        )
    return write_csv(path, LEGACY_COLUMNS, rows, newline="\r\n")


def write_api(path: Path, flows: list[Flow]) -> Path:
    """Write UN Comtrade's current API layout."""
    rows: list[Row] = []
    for flow_code, year, reporter, partner, hs6, value, kilograms in _reports(flows):
        rows.append(
            dict.fromkeys(API_COLUMNS)
            | {"typeCode": "C", "freqCode": "A", "refPeriodId": year * 10_000 + 101, "refYear": year, "refMonth": 52}
            | {"period": year, "reporterCode": COUNTRIES[reporter].trade_code, "flowCode": flow_code}
            | {"partnerCode": _partner(partner)[0], "partner2Code": 0, "classificationCode": "H6"}
            | {"classificationSearchCode": "HS", "isOriginalClassification": "True", "cmdCode": hs6}
            | {"customsCode": "C00", "mosCode": 0, "motCode": 0, "qtyUnitCode": 8, "qty": kilograms}
            | {"isQtyEstimated": "False", "altQtyUnitCode": -1, "isAltQtyEstimated": "False", "netWgt": kilograms}
            | {"isNetWgtEstimated": "False", "grossWgt": 0, "isGrossWgtEstimated": "False"}
            | {"primaryValue": value, "legacyEstimationFlag": 0, "isReported": "True"}
            | {"fobvalue" if flow_code == "X" else "cifvalue": value}
            | {"isAggregate": "True" if partner == WORLD_NAME else "False"}
        )
    return write_csv(path, API_COLUMNS, rows)


Report = tuple[str, int, str, str, str, int, int]


def _reports(flows: list[Flow]) -> Iterable[Report]:
    """Give both sides' reports of every flow and, per reporter, a total with the world that no sum may include."""
    totals: dict[tuple[str, int, str, str], list[int]] = defaultdict(lambda: [0, 0])
    for flow in flows:
        value, kilograms = round(flow.thousand_usd * 1000), round(flow.tonnes * 1000)
        for code, reporter, partner in (("M", flow.importer, flow.exporter), ("X", flow.exporter, flow.importer)):
            total = totals[code, flow.year, reporter, flow.hs6]
            total[0] += value
            total[1] += kilograms
            yield code, flow.year, reporter, partner, flow.hs6, value, kilograms
    for (code, year, reporter, hs6), (value, kilograms) in totals.items():
        share = NES_SHARE if code == "M" else 0.0
        unknown, unknown_kilograms = round(value * share), round(kilograms * share)
        if unknown:
            yield code, year, reporter, NES_NAME, hs6, unknown, unknown_kilograms
        yield code, year, reporter, WORLD_NAME, hs6, value + unknown, kilograms + unknown_kilograms


def _partner(partner: str) -> tuple[int, str, str]:
    if partner == WORLD_NAME:
        return WORLD, WORLD_NAME, "WLD"
    if partner == NES_NAME:
        return AREAS_NES, NES_NAME, ""
    country = COUNTRIES[partner]
    return country.trade_code, country.name, country.iso3

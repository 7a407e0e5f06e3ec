"""Context files of the network office: exchange rates, deflators and emission factors."""

from collections.abc import Iterable
from pathlib import Path

from console.sample_network.catalogue import CATEGORIES
from console.sample_network.figures import (
    CONTEXT_YEARS,
    COUNTRIES,
    FUELS,
    RATES,
    eur_per_unit,
    grid_factor,
    heat_factor,
    price_level,
)
from console.sample_network.writing import LABEL, Row, number, write_csv

FX_COLUMNS = ("currency", "year", "rate_kind", "eur_per_unit", "publisher")
DEFLATOR_COLUMNS = ("country", "year", "index_2020", "publisher")
FACTOR_COLUMNS = (
    "factor_kind",
    "factor_key",
    "year",
    "value",
    "unit",
    "price_year",
    "gwp_version",
    "u_rel",
    "publisher",
    "edition",
)
PRICE_YEAR = 2020
# Tonnes of CO2 equivalent for one kilogram of gas.
REFRIGERANTS = {"R-134a": 1.53, "R-410A": 2.256}


def write_fx_rates(path: Path) -> Path:
    """Write the average and the closing rate of every currency and year."""
    rows: list[Row] = [
        {
            "currency": currency,
            "year": year,
            "rate_kind": kind,
            "eur_per_unit": number(eur_per_unit(currency, year, kind == "period_end"), 9),
            "publisher": LABEL,
        }
        for currency in RATES
        for year in CONTEXT_YEARS
        for kind in ("average", "period_end")
    ]
    return write_csv(path, FX_COLUMNS, rows)


def write_deflators(path: Path) -> Path:
    """Write the price level of every country and year, 2020 = 100."""
    rows: list[Row] = [
        {"country": code, "year": year, "index_2020": number(price_level(code, year)), "publisher": LABEL}
        for code in COUNTRIES
        for year in CONTEXT_YEARS
    ]
    return write_csv(path, DEFLATOR_COLUMNS, rows)


def write_emission_factors(path: Path) -> Path:
    """Write the factors of electricity, heat, fuels, refrigerants and purchases."""
    return write_csv(path, FACTOR_COLUMNS, [row for year in CONTEXT_YEARS for row in _factors(year)])


def _factors(year: int) -> Iterable[Row]:
    for code in COUNTRIES:
        yield _factor("grid_location", code, year, grid_factor(code, year), "t CO2e/MWh")
        yield _factor("residual_mix", code, year, grid_factor(code, year) * 1.12, "t CO2e/MWh")
        yield _factor("heat", code, year, heat_factor(code), "t CO2e/MWh")
    for fuel, value in FUELS.items():
        yield _factor("fuel", fuel, year, value, "t CO2e/MWh")
    for gas, value in REFRIGERANTS.items():
        yield _factor("refrigerant", gas, year, value, "t CO2e/kg")
    for category in CATEGORIES:
        spend = _factor("spend", category.category_id, year, category.t_per_eur, "t CO2e/EUR")
        yield {**spend, "price_year": PRICE_YEAR, "u_rel": "0.6"}
        if category.sector != "CI":
            yield {**_factor("physical", category.category_id, year, category.t_per_t, "t CO2e/t"), "u_rel": "0.3"}


def _factor(kind: str, key: str, year: int, value: float, unit: str) -> dict[str, str | int]:
    return {
        "factor_kind": kind,
        "factor_key": key,
        "year": year,
        "value": number(value, 9),
        "unit": unit,
        "gwp_version": "AR6",
        "u_rel": "0.05",
        "publisher": LABEL,
        "edition": "synthetic 2026",
    }

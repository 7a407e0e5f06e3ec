"""Invented but plausible figures of the sample: countries, exchange rates, price levels and emission factors."""

from dataclasses import dataclass

YEARS = (2023, 2024, 2025)
CONTEXT_YEARS = (2020, 2021, 2022, 2023, 2024, 2025)
EU = ("DE", "FR", "IT", "PL", "CZ", "NL")


@dataclass(frozen=True)
class Country:
    """What the sample needs to know about a country; the name is real, the figures are invented."""

    iso2: str
    iso3: str
    name: str
    trade_code: int
    currency: str
    inflation: tuple[float, ...]
    grid: float


COUNTRIES = {
    country.iso2: country
    for country in (
        Country("DE", "DEU", "Germany", 276, "EUR", (3.0, 5.5, 6.0, 3.0, 2.0), 0.36),
        Country("FR", "FRA", "France", 251, "EUR", (2.0, 4.0, 5.0, 2.5, 1.5), 0.05),
        Country("IT", "ITA", "Italy", 380, "EUR", (1.5, 4.0, 5.5, 2.0, 1.5), 0.27),
        Country("PL", "POL", "Poland", 616, "PLN", (5.0, 10.0, 10.0, 4.0, 4.0), 0.66),
        Country("CZ", "CZE", "Czechia", 203, "CZK", (4.0, 9.0, 8.0, 4.0, 3.0), 0.45),
        Country("NL", "NLD", "Netherlands", 528, "EUR", (3.0, 6.0, 7.0, 4.0, 3.0), 0.30),
        Country("CN", "CHN", "China", 156, "CNY", (3.0, 2.0, 0.5, 0.5, 0.5), 0.56),
        Country("VN", "VNM", "Viet Nam", 704, "VND", (3.0, 4.0, 3.0, 3.5, 3.0), 0.48),
        Country("BD", "BGD", "Bangladesh", 50, "BDT", (5.0, 6.0, 7.0, 8.0, 7.0), 0.58),
        Country("TR", "TUR", "Türkiye", 792, "TRY", (29.0, 95.0, 65.0, 50.0, 35.0), 0.42),
        Country("IN", "IND", "India", 699, "INR", (7.0, 6.0, 4.0, 3.0, 3.0), 0.70),
        Country("US", "USA", "United States", 842, "USD", (4.5, 7.0, 4.0, 2.5, 2.5), 0.37),
    )
}

# Units of the currency for one euro, average of each year of CONTEXT_YEARS.
RATES = {
    "EUR": (1.0, 1.0, 1.0, 1.0, 1.0, 1.0),
    "USD": (1.14, 1.18, 1.05, 1.08, 1.08, 1.12),
    "CNY": (7.9, 7.6, 7.1, 7.7, 7.8, 8.1),
    "PLN": (4.4, 4.6, 4.7, 4.5, 4.3, 4.3),
    "CZK": (26.5, 25.6, 24.6, 24.0, 25.1, 25.0),
    "TRY": (8.0, 10.5, 17.4, 25.8, 35.6, 44.0),
    "INR": (84.6, 87.4, 82.7, 89.3, 90.6, 97.0),
    "BDT": (97.0, 101.0, 98.0, 117.0, 125.0, 137.0),
    "VND": (26500.0, 27000.0, 24600.0, 25800.0, 27100.0, 29200.0),
}

# Tonnes of CO2 equivalent for one MWh of fuel.
FUELS = {
    "natural_gas": 0.202,
    "diesel": 0.268,
    "petrol": 0.253,
    "heating_oil": 0.267,
    "coal": 0.341,
    "wood": 0.015,
}


def eur_per_unit(currency: str, year: int, period_end: bool = False) -> float:
    """Give the rate as the file states it; the rate of the period end lies a little beside the average."""
    average = 1 / RATES[currency][CONTEXT_YEARS.index(year)]
    return round(average * (0.99 if period_end and currency != "EUR" else 1), 9)


def price_level(country: str, year: int) -> float:
    """Give the price level of a country with 2020 = 100."""
    level = 100.0
    for rise in COUNTRIES[country].inflation[: CONTEXT_YEARS.index(year)]:
        level *= 1 + rise / 100
    return round(level, 3)


def grid_factor(country: str, year: int) -> float:
    """Give tonnes of CO2 equivalent for one MWh of electricity; grids become cleaner by two per cent a year."""
    return round(COUNTRIES[country].grid * (1 - 0.02 * (year - 2023)), 6)


def heat_factor(country: str) -> float:
    """Give tonnes of CO2 equivalent for one MWh of bought heat."""
    return round(0.14 + COUNTRIES[country].grid / 5, 6)


def local_amount(constant_eur: float, country: str, year: int) -> float:
    """Turn euros at prices of 2020 into the country's own currency at prices of the year."""
    return constant_eur * RATES[COUNTRIES[country].currency][0] * price_level(country, year) / 100

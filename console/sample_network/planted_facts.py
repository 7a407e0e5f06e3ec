"""The fixed facts behind the planted truths: lines, certificates, answers and trade values that no seed changes."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

HUB = "C0084"
CHAIN_BUYER = "C0012"
UNKNOWN_ORIGIN = "C0040"
MEASURED = "C0090"
WRONG_UNIT = "C0117"
TRUNCATED = "C0152"
GROUPS = {"C0015": "G001", "C0018": "G001"}
LAPSED = ("C0018", "C0013", "C0014", "C0016", "C0029", "C0031", "C0033", "C0046", "C0085", "C0091", "C0103")
COUNTRY = {HUB: "VN", CHAIN_BUYER: "DE", MEASURED: "DE", WRONG_UNIT: "DE"}
# Turnover in million euros at prices of 2020: the hub is large, the company with the wrong unit tiny.
TURNOVER_MEUR = {HUB: 160.0, CHAIN_BUYER: 90.0, MEASURED: 80.0, WRONG_UNIT: 0.8}


@dataclass(frozen=True)
class PlantedSpend:
    """What the chain buyer pays one supplier in one category, the same in every year, in euros."""

    supplier: str
    category: str
    spend: int
    production_country: str
    alternatives: int


CHAIN_LINES = (
    PlantedSpend("C0015", "EL-BATTERY", 500_000, "CN", 3),
    PlantedSpend("C0018", "EL-BATTERY", 300_000, "CN", 3),
    PlantedSpend("C0021", "EL-BATTERY", 150_000, "PL", 3),
    PlantedSpend("C0024", "EL-BATTERY", 50_000, "", 3),
    PlantedSpend("C0027", "EL-PCB", 400_000, "CZ", 0),
    PlantedSpend("C0021", "EL-POWER", 300_000, "PL", 2),
)


@dataclass(frozen=True)
class PlantedCertificate:
    """The only certificate of a company; a suspension or a withdrawal cuts its validity."""

    holder: str
    valid_from: date
    valid_to: date
    suspended: tuple[date, date] | None = None
    withdrawn: date | None = None

    def covers(self, day: date) -> bool:
        """Say whether the certificate covers its holder on a day; both ends of an interval are inside."""
        if not self.valid_from <= day <= self.valid_to:
            return False
        if self.suspended and self.suspended[0] <= day <= self.suspended[1]:
            return False
        return self.withdrawn is None or day < self.withdrawn


CERTIFICATES = (
    PlantedCertificate("C0015", date(2023, 1, 1), date(2025, 12, 31)),
    PlantedCertificate("C0018", date(2022, 7, 1), date(2025, 6, 30)),
    PlantedCertificate("C0021", date(2023, 1, 1), date(2025, 12, 31), (date(2025, 3, 1), date(2025, 3, 31))),
    PlantedCertificate("C0027", date(2023, 1, 1), date(2025, 12, 31), withdrawn=date(2025, 10, 1)),
    *(
        PlantedCertificate(holder, date(2022, 1 + place, 1), date(2025, 1 + place, 28))
        for place, holder in enumerate(LAPSED[1:])
    ),
)
WITHOUT_CERTIFICATE = ("C0024",)

# Answers of the measured company for 2024: question, item, value, unit as sent.
MEASURED_YEAR = 2024
MEASURED_ANSWERS = (
    ("fuel_qty", "natural_gas", "8640", "GJ"),
    ("process_emission_t", "", "12", "t CO2e"),
    ("electricity_mwh", "", "5000000", "kWh"),
    ("heat_mwh", "", "800", "MWh"),
    ("eac_cancelled_mwh", "", "1000", "MWh"),
    ("hours_worked", "employee", "1200000", "h"),
    ("lost_time_injuries", "employee", "4", "count"),
    ("recordable_injuries", "employee", "9", "count"),
    ("fatalities", "employee", "0", "count"),
)
# The first sending counted too few injuries; a later correction gives the number above.
CORRECTED_QUESTION = "recordable_injuries"
FIRST_RECORDABLE = "7"
GJ_PER_MWH = Fraction(36, 10)

WRONG_UNIT_ELECTRICITY = {2023: "6.1", 2024: "6.2", 2025: "6230"}

# Imports into each EU country in thousand US dollars, per exporter outside the EU and inside it, before yearly growth.
BATTERY_IMPORTS = {"CN": 900, "US": 40, "VN": 20, "IN": 10, "TR": 5, "BD": 1}
BATTERY_INSIDE = 12
BATTERY_EXPORTS = 6
MILK_IMPORTS = {"CN": 4, "US": 9, "VN": 3, "IN": 7, "TR": 6, "BD": 1}
MILK_INSIDE = 400
MILK_EXPORTS = 150

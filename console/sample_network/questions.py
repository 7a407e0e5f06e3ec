"""The answer rows of one company and year, in the units the company happens to use."""

from dataclasses import dataclass
from datetime import date
from random import Random

from console.sample_network.companies import Company
from console.sample_network.figures import COUNTRIES, FUELS, grid_factor, local_amount
from console.sample_network.writing import LABEL, Row, number

# Version of the network's own questionnaire.
SURVEY_VERSION = "1"
# MWh in one of the unit.
ENERGY_UNITS = {"MWh": 1.0, "kWh": 0.001, "GJ": 1 / 3.6}
# MWh in one litre of fuel.
LITRES = {"diesel": 0.010033333333, "petrol": 0.009106111111, "heating_oil": 0.010033333333}


@dataclass(frozen=True)
class Profile:
    """What stays the same in a company's answers from year to year."""

    energy_unit: str
    mass_unit: str
    tier: int
    fuel: str
    second_fuel: str
    electricity_share: float
    heat_share: float
    totals_only: bool
    solar: bool
    green_share: float
    rate: float
    reports_output: bool
    reports_scope3: bool


class Sheet:
    """The answers of one company and year while they are collected."""

    def __init__(self, company: Company, year: int, profile: Profile, unknown_share: float, rng: Random) -> None:
        """Start an empty sheet; `unknown_share` of the optional questions are answered 'unknown'."""
        self.company, self.year, self.profile, self.rng = company, year, profile, rng
        self.unknown_share = unknown_share
        self.answered = date(year + 1, 2, 1 + rng.randrange(28))
        self.rows: list[Row] = []

    def add(self, question: str, value: float | str, unit: str = "", item: str = "", **more: str) -> None:
        """Add one answer; a value of 0 is sent as an explicit zero."""
        text = value if isinstance(value, str) else number(value)
        state = "zero" if text == "0" else "value"
        if self.rng.random() < self.unknown_share:
            text, state = "", "unknown"
        self._row(question, text, unit, item, state, **more)

    def not_applicable(self, question: str, reason: str, unit: str = "", item: str = "") -> None:
        """Add an answer that says, with a reason, that the question does not apply."""
        self._row(question, "", unit, item, "not_applicable", na_reason=reason)

    def energy(self, question: str, mwh: float, item: str = "") -> None:
        """Add an amount of energy in the company's own unit."""
        unit = self.profile.energy_unit
        self.add(question, mwh / ENERGY_UNITS[unit], unit, item)

    def emission(self, question: str, tonnes: float, item: str = "") -> None:
        """Add an emission in tonnes or kilograms."""
        heavy = self.profile.mass_unit == "t"
        self.add(question, tonnes if heavy else tonnes * 1000, "t CO2e" if heavy else "kg CO2e", item)

    def _row(self, question: str, value: str, unit: str, item: str, state: str, **more: str) -> None:
        verified = self.profile.tier == 1
        self.rows.append(
            {
                "entity_id": self.company.company_id,
                "question_id": question,
                "item": item,
                "value": value,
                "unit": unit,
                "value_state": state,
                "data_tier": self.profile.tier,
                "method": LABEL,
                "verified_by": "synthetic verifier" if verified else "",
                "verified_at": self.answered if verified else None,
                "period_start": date(self.year, 1, 1),
                "period_end": date(self.year, 12, 31),
                "minutes_spent": number(self.rng.uniform(1, 9), 1),
                "answered_at": self.answered,
                "survey_version": SURVEY_VERSION,
                **more,
            }
        )


def draw_profile(rng: Random, output: bool, scope3: bool) -> Profile:
    """Draw the habits of a company."""
    return Profile(
        energy_unit=rng.choice(("MWh", "MWh", "kWh", "GJ")),
        mass_unit=rng.choice(("t", "t", "kg")),
        tier=rng.choices((1, 2, 3, 4, 5), (15, 66, 5, 10, 4))[0],
        fuel=rng.choice(("natural_gas", "natural_gas", "natural_gas", "heating_oil", "coal")),
        second_fuel=rng.choice(("diesel", "diesel", "petrol", "wood")),
        electricity_share=rng.uniform(0.4, 0.6),
        heat_share=rng.choice((0.0, 0.0, 0.1)),
        totals_only=rng.random() < 0.08,
        solar=rng.random() < 0.15,
        green_share=rng.choice((0.0, 0.0, 0.0, 0.25, 0.5, 1.0)),
        rate=rng.uniform(2, 14),
        reports_output=output,
        reports_scope3=scope3,
    )


def net_revenue(company: Company, year: int) -> tuple[str, str]:
    """Give the revenue at prices of the year with the currency of the company's country."""
    amount = local_amount(company.turnover[year], company.country, year)
    return number(amount, 2), COUNTRIES[company.country].currency


def reported_totals(company: Company, year: int, profile: Profile) -> tuple[float, float]:
    """Give scope 1 and scope 2 emissions of a company that sends totals only."""
    mwh = company.energy_mwh[year]
    power = mwh * profile.electricity_share
    return (mwh - power) * FUELS[profile.fuel], power * grid_factor(company.country, year)

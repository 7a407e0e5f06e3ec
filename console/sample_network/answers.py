"""What each company answers in each year's survey."""

from random import Random

from console.sample_network import planted_facts as facts
from console.sample_network.chance import stream
from console.sample_network.companies import Company
from console.sample_network.figures import YEARS
from console.sample_network.questions import LITRES, Profile, Sheet, net_revenue, reported_totals
from console.sample_network.respondents import ALWAYS
from console.sample_network.writing import Row

OUTPUT_EUR_PER_TONNE = 4_000.0
SCOPE3_ITEMS = {"1": 0.00035, "4": 0.00004, "6": 0.000004, "7": 0.000008, "12": 0.00003}
# In textiles only the four brands report this category of scope 3.
RARE_ITEM, RARE_SECTOR = "12", "CB"
HOURS_PER_HEAD = 1_720


def answer_rows(company: Company, year: int, profile: Profile, seed: int) -> list[Row]:
    """Give all answers of one company for one year."""
    rng = stream(seed, "answers", company.company_id, year)
    small = company.turnover[YEARS[0]] < 5e6 and company.company_id not in ALWAYS and not profile.reports_output
    sheet = Sheet(company, year, profile, 0.02 if small else 0.0, rng)
    if (company.company_id, year) == (facts.MEASURED, facts.MEASURED_YEAR):
        _measured(sheet)
    else:
        _energy(sheet)
        _safety(sheet)
    _business(sheet)
    return sheet.rows


def _energy(sheet: Sheet) -> None:
    company, year, profile = sheet.company, sheet.year, sheet.profile
    mwh = company.energy_mwh[year]
    if company.company_id == facts.WRONG_UNIT:
        mwh = 8.0
    elif profile.totals_only:
        scope1, scope2 = reported_totals(company, year, profile)
        sheet.emission("scope1_t", scope1)
        sheet.emission("scope2_location_t", scope2)
        sheet.emission("scope2_market_t", scope2 * 1.05)
        sheet.energy("energy_total_mwh", mwh)
        return
    power, heat = mwh * profile.electricity_share, mwh * profile.heat_share
    fuel = mwh - power - heat
    sheet.energy("fuel_qty", fuel * 0.85, profile.fuel)
    _second_fuel(sheet, fuel * 0.15)
    _power(sheet, power)
    sheet.energy("heat_mwh", heat)
    sheet.energy("sold_mwh", 0.0)
    wood = fuel * 0.15 if profile.second_fuel == "wood" else 0.0
    sheet.energy("renewable_mwh", wood)
    sheet.emission("process_emission_t", fuel * 0.01 if company.sector.code == "CA" else 0.0)
    gas = 0.002 * company.headcount
    sheet.add("refrigerant_kg", gas, "kg", "R-134a")
    sheet.add("gwp_version", "AR6")


def _second_fuel(sheet: Sheet, mwh: float) -> None:
    fuel = sheet.profile.second_fuel
    if fuel in LITRES:
        sheet.add("fuel_qty", mwh / LITRES[fuel], "l", fuel)
    else:
        sheet.energy("fuel_qty", mwh, fuel)


def _power(sheet: Sheet, power: float) -> None:
    profile = sheet.profile
    own = power * 0.1 if profile.solar else 0.0
    if sheet.company.company_id == facts.WRONG_UNIT:
        own = 0.0
        sheet.add("electricity_mwh", facts.WRONG_UNIT_ELECTRICITY[sheet.year], "MWh")
    else:
        sheet.energy("electricity_mwh", power - own)
    sheet.energy("self_generated_mwh", own)
    green = 0.0 if sheet.company.company_id == facts.WRONG_UNIT else (power - own) * profile.green_share
    sheet.energy("eac_cancelled_mwh", green)
    if green:
        sheet.add("contract_factor", 0.0, "t CO2e/MWh")
    else:
        sheet.not_applicable("contract_factor", "no electricity contract with a factor", "t CO2e/MWh")


def _safety(sheet: Sheet) -> None:
    hours = float(round(sheet.company.headcount * HOURS_PER_HEAD))
    recordable = _count(hours * sheet.profile.rate / 1e6, sheet.rng)
    sheet.add("hours_worked", hours, "h", "employee")
    sheet.add("recordable_injuries", float(recordable), "count", "employee")
    sheet.add("lost_time_injuries", float(round(recordable * 0.45)), "count", "employee")
    sheet.add("fatalities", 0.0, "count", "employee")
    sheet.not_applicable("hours_worked", "no workers from other employers", "h", "non_employee")


def _count(mean: float, rng: Random) -> int:
    return int(mean) + (rng.random() < mean - int(mean))


def _measured(sheet: Sheet) -> None:
    for question, item, value, unit in facts.MEASURED_ANSWERS:
        sheet.add(question, value, unit, item)
    for question in ("self_generated_mwh", "sold_mwh", "renewable_mwh"):
        sheet.add(question, 0.0, "MWh")
    sheet.add("refrigerant_kg", 0.0, "kg", "R-134a")
    sheet.add("gwp_version", "AR6")
    sheet.not_applicable("contract_factor", "no electricity contract with a factor", "t CO2e/MWh")


def _business(sheet: Sheet) -> None:
    company, year = sheet.company, sheet.year
    revenue, currency = net_revenue(company, year)
    sheet.add("net_revenue", revenue, currency, currency=currency)
    if sheet.profile.reports_output:
        tonnes = company.turnover[year] / OUTPUT_EUR_PER_TONNE
        heavy = sheet.profile.mass_unit == "t"
        sheet.add("output_qty", tonnes if heavy else tonnes * 1000, "t" if heavy else "kg")
    if sheet.profile.reports_scope3:
        for item, factor in SCOPE3_ITEMS.items():
            if item == RARE_ITEM and company.sector.code == RARE_SECTOR and company.tier > 0:
                continue
            growth = (1 + company.sector.purchase_growth) ** (year - YEARS[0])
            sheet.emission("scope3_t", company.turnover[YEARS[0]] * factor * growth, item)

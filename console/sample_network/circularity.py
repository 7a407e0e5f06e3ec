"""Water and material of all tiers, circularity of products, material accounts of areas, and the context they need."""

from console.sample_network.catalogue import SECTORS
from console.sample_network.chance import stream
from console.sample_network.companies import Company
from console.sample_network.figures import COUNTRIES, YEARS
from console.sample_network.further_answers import LAST_TIER, add_flows
from console.sample_network.network import OFFICE, SampleNetwork
from console.sample_network.questions import Profile, Sheet
from console.sample_network.respondents import profiles, respondents
from console.sample_network.survey import write_answers
from console.sample_network.writing import LABEL, Cell, Row, number, write_csv

SURVEY, CONTEXT = "supplier_survey", "local_context"
SOURCE = ("u_rel", "year", "publisher", "edition", "licence")
STATED: dict[str, Cell] = {"u_rel": "", "year": 2024, "publisher": LABEL, "edition": "synthetic 2024", "licence": LABEL}
BASINS = 3
# Raw material in tonnes per tonne of material, without and with unused extraction.
FOOTPRINTS = {"used_extraction": (1.2, 3.0), "total_material_requirement": (3.5, 9.0)}
# Companies up to this number answer for two products each.
LAST_MAKER, MAKER_YEARS = 40, (2024, 2025)
SHARES = {
    "f_recycled": (0, 0.4), "f_reused": (0, 0.1), "f_biological": (0, 0.3), "c_recycling": (0.1, 0.5),
    "c_reuse": (0, 0.2), "c_composting": (0, 0.1), "c_energy": (0, 0.1), "e_feedstock": (0.7, 0.95),
    "e_recycling": (0.6, 0.9),
}  # fmt: skip
# Domestic consumption of an area in tonnes by material group, and what of its waste is recycled there, in and out.
GROUPS = {"biomass": (52_000, 6_000), "metal_ores": (18_000, 5_200), "fossil": (31_000, 1_100)}
AREAS = {"network": 1.0, "DE:DE-R1": 0.2, "DE:DE-R2": 0.1}


def deliver_circularity(sample: SampleNetwork) -> None:
    """Write the context of water and material, then one file of answers for all years."""
    path = sample.place(CONTEXT, OFFICE, "synthetic_water_contexts.csv")
    water_columns = ("area_kind", "area", "measure", "value", *SOURCE)
    sample.add(CONTEXT, write_csv(path, water_columns, _water(sample.seed)), "invented water scarcity and stress")
    path = sample.place(CONTEXT, OFFICE, "synthetic_material_factors.csv")
    columns = ("material_id", "footprint_type", "value", *SOURCE)
    sample.add(CONTEXT, write_csv(path, columns, _factors(sample.seed)), "invented raw material factors")
    habits = profiles(sample.companies, sample.seed)
    rows: list[Row] = []
    for year in YEARS:
        for company in respondents(sample.companies, year, sample.seed):
            rows += _answers(company, year, habits[company.company_id], sample.seed)
        rows += _accounts(sample.companies[0], year, habits[sample.companies[0].company_id], sample.seed)
    path = sample.place(SURVEY, OFFICE, "synthetic_survey_water_and_material.csv")
    sample.add(SURVEY, write_answers(path, rows), "answers on water, material and circularity of all tiers")


def _water(seed: int) -> list[Row]:
    rng = stream(seed, "water context")
    areas = [("country", code) for code in COUNTRIES]
    areas += [("basin", basin(code, place)) for code in COUNTRIES for place in range(1, BASINS + 1)]
    ranges = {"aware_cf": (0.3, 45.0), "baseline_water_stress": (0.02, 1.1)}
    return [
        {"area_kind": kind, "area": area, "measure": measure, "value": number(rng.uniform(*span)), **STATED}
        for kind, area in areas
        for measure, span in ranges.items()
    ]


def basin(country: str, place: int) -> str:
    """Give the name of an invented river basin."""
    return f"basin-{country}-{place}"


def _factors(seed: int) -> list[Row]:
    rng = stream(seed, "material factors")
    materials = [f"{sector.word.lower()}_fibre" for sector in SECTORS] + ["packaging"]
    return [
        {"material_id": material, "footprint_type": kind, "value": number(rng.uniform(*span)), **STATED}
        for material in materials
        for kind, span in FOOTPRINTS.items()
    ]


def _answers(company: Company, year: int, profile: Profile, seed: int) -> list[Row]:
    sheets: list[Sheet] = []
    if company.tier > LAST_TIER:
        sheets.append(Sheet(company, year, profile, 0.01, stream(seed, "circularity", company.company_id)))
        _amounts(sheets[0])
    elif year == YEARS[0]:
        # The first two tiers answered these questions for later years already, with the same draws.
        sheets.append(Sheet(company, year, profile, 0.02, stream(seed, "further", company.company_id)))
        add_flows(sheets[0])
    sheets.append(Sheet(company, year, profile, 0.0, stream(seed, "products", company.company_id)))
    _use(sheets[-1])
    return [{**row, "survey_version": ""} for sheet in sheets for row in sheet.rows]


def _amounts(sheet: Sheet) -> None:
    tonnes = sheet.company.turnover[sheet.year] / 4_000
    withdrawal = tonnes * sheet.rng.uniform(2, 30)
    sheet.add("withdrawal_m3", withdrawal, "m3")
    sheet.add("discharge_m3", withdrawal * sheet.rng.uniform(0.5, 0.9), "m3")
    sheet.add("waste_t", tonnes * 0.05, "t", "r3")
    sheet.add("input_t", tonnes * 1.2, "t", f"{sheet.company.sector.word.lower()}_fibre")
    sheet.add("input_t", tonnes * 0.1, "t", "packaging")


def _use(sheet: Sheet) -> None:
    company, rng = sheet.company, sheet.rng
    if company.tier > LAST_TIER:
        return
    if rng.random() < 0.7:
        sheet.add("basin_id", basin(company.country, rng.randint(1, BASINS)))
    sheet.add("service_units", float(round(company.turnover[sheet.year] / 40)), "count")
    if company.number > LAST_MAKER or sheet.year not in MAKER_YEARS:
        return
    for product in ("P1", "P2"):
        sheet.add("mci_mass_t", company.turnover[sheet.year] / 8_000, "t", product)
        for share, span in SHARES.items():
            sheet.add(f"mci_{share}", rng.uniform(*span), "share", product)
        if rng.random() < 0.6:
            for question, span in (("lifetime", (3, 9)), ("use_intensity", (80, 130))):
                sheet.add(question, rng.uniform(*span), "index", product)
                sheet.add(f"{question}_avg", sum(span) / 2, "index", product)


def _accounts(speaker: Company, year: int, profile: Profile, seed: int) -> list[Row]:
    rows: list[Row] = []
    for area, size in AREAS.items():
        sheet = Sheet(speaker, year, profile, 0.0, stream(seed, "accounts", area))
        for group, (consumption, recycled) in GROUPS.items():
            sheet.add("dmc_t", consumption * size * sheet.rng.uniform(0.9, 1.1), "t", group)
            sheet.add("recycled_in_area_t", recycled * size * (1 + 0.03 * (year - YEARS[0])), "t", group)
            sheet.add("waste_import_recycling_t", recycled * size * 0.1, "t", group)
            sheet.add("waste_export_recycling_t", recycled * size * 0.15, "t", group)
        rows += [{**row, "entity_id": area, "survey_version": ""} for row in sheet.rows]
    return rows

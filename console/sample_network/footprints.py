"""Product footprints over three tiers: answers of makers, exchanged documents of both editions, one bill from twins."""

from random import Random

from console.sample_network.chance import stream
from console.sample_network.companies import Company, tier
from console.sample_network.footprint_documents import pact_document, twin_document
from console.sample_network.network import OFFICE, WARNED, SampleNetwork
from console.sample_network.questions import Profile, Sheet
from console.sample_network.respondents import profiles, respondents
from console.sample_network.survey import write_answers
from console.sample_network.writing import Row, number, write_json

SOURCE, YEARS = "supplier_survey", (2024, 2025)
# Who makes what: the goods of a brand, assemblies of its supplier, parts of the tier below.
LEVELS = ("goods", "assembly", "part")
RAW = {"CA": "fo-sugar", "CB": "tx-cotton", "CI": "tx-yarn"}
PACKAGING = "tx-fabric"
DECLARED_NEW, DECLARED_OLD, CYCLE, SMALL_GAP, LARGE_GAP = 1, 2, 3, 4, 5
KINDS = 6
EDITIONS = ("3.0.1", "2.3.0")
RATED = ("technological", "temporal", "geographical")
ONLY_OLD = ("completeness", "reliability")


def deliver_footprints(sample: SampleNetwork) -> None:
    """Write one file of answers per year, the exchanged footprints, and the twins of one brand."""
    habits, chains = profiles(sample.companies, sample.seed), _chains(sample)
    for year in YEARS:
        rows: list[Row] = []
        for place, chain in enumerate(chains):
            for level, company in zip(LEVELS, chain, strict=True):
                rows += _answers(place, level, company, year, habits[company.company_id], sample.seed)
        path = sample.place(SOURCE, OFFICE, f"synthetic_survey_footprints_{year}.csv")
        sample.add(SOURCE, write_answers(path, rows), f"answers on product footprints, {year}")
    documents = [
        pact_document(place, f"assembly-{place:02}", chain[1], place % KINDS == DECLARED_NEW, sample.seed)
        for place, chain in enumerate(chains)
        if place % KINDS in (DECLARED_NEW, DECLARED_OLD)
    ]
    path = sample.place("product_footprints", OFFICE, "synthetic_footprints.json")
    sample.add(
        "product_footprints", write_json(path, {"data": documents}), "exchanged footprints of both editions", WARNED
    )
    path = sample.place("part_twins", OFFICE, "synthetic_twins.json")
    sample.add(
        "part_twins", write_json(path, twin_document("goods-00", "assembly-00")), "a bill of material from twins"
    )


def _chains(sample: SampleNetwork) -> list[list[Company]]:
    """Give one brand with a supplier and a supplier of that one each; all of them answer in every year."""
    always = set.intersection(
        *({one.company_id for one in respondents(sample.companies, y, sample.seed)} for y in YEARS)
    )
    tiers = [[one for one in tier(sample.companies, level) if one.company_id in always] for level in range(len(LEVELS))]
    return [list(chain) for chain in zip(*tiers, strict=False)]


def _answers(place: int, level: str, company: Company, year: int, profile: Profile, seed: int) -> list[Row]:
    kind, product = place % KINDS, f"{level}-{place:02}"
    if level == "assembly" and kind == DECLARED_OLD:
        return []
    sheet = Sheet(company, year, profile, 0.0, stream(seed, "footprint", product))
    _own(sheet, product, 2.0 if level == "part" else 0.8)
    for part, quantity in _bill(place, level, sheet.rng).items():
        sheet.add("bom_qty_per_unit", quantity, "", f"{product}|{part}")
    if level == "goods":
        _rate(sheet, product, place)
    # These come from the makers' own accounts, not from a version of the questionnaire.
    return [{**row, "survey_version": ""} for row in sheet.rows]


def _own(sheet: Sheet, product: str, size: float) -> None:
    # What moves from year to year is the company, not chance.
    trend = 1 - 0.03 * (sheet.year - YEARS[0])
    sheet.add("direct_kgco2e", number(size * sheet.rng.uniform(0.6, 1.4) * trend, 4), "kg CO2e", product)
    power = number(size * sheet.rng.uniform(0.1, 0.3), 4)
    sheet.add("direct_kgco2e", power, "kg CO2e", f"{product}|electricity", data_tier="4")
    sheet.add("transport_kgco2e", number(sheet.rng.uniform(0.02, 0.1), 4), "kg CO2e", product, data_tier="4")


def _bill(place: int, level: str, rng: Random) -> dict[str, float]:
    kind, amount = place % KINDS, round(rng.uniform(1.02, 1.3), 3)
    if level == "goods":
        # The twins of the first brand say what goes into its goods.
        inputs = {} if place == 0 else {f"assembly-{place:02}": amount}
        gaps = {SMALL_GAP: {"label": 0.01}, LARGE_GAP: {"dye": 0.4}}
        return inputs | gaps.get(kind, {}) | ({} if place == 0 else {PACKAGING: 0.02})
    if level == "assembly":
        return {f"part-{place:02}": amount}
    raw = {RAW[("CA", "CB", "CI")[place % 3]]: amount}
    # Scrap of the assembly goes back into the part that it is made of.
    return raw | ({f"assembly-{place:02}": 0.05} if kind == CYCLE else {})


def _rate(sheet: Sheet, product: str, place: int) -> None:
    edition = EDITIONS[place % 2]
    sheet.add("pact_edition", edition, "", product)
    dimensions = RATED if edition == EDITIONS[0] else RATED + ONLY_OLD
    for part in ("direct", "electricity", "transport", f"assembly-{place:02}"):
        for dimension in dimensions:
            sheet.add(f"dqr_{dimension}", float(sheet.rng.choice((1, 1.5, 2, 2.5))), "", f"{product}|{part}")

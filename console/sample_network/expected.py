"""Values of planted KPIs, computed here with exact fractions and without any code of the pipeline."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from console.sample_network import planted_facts as facts
from console.sample_network.figures import FUELS, YEARS, grid_factor, heat_factor


@dataclass(frozen=True)
class Expected:
    """One value a release must show; `dim_variant` is empty where the KPI has no variants."""

    kpi_id: str
    entity_id: str
    year: int
    dim_variant: str
    value: float
    dim_standard: str = ""


def expected_values() -> tuple[Expected, ...]:
    """Compute every planted value."""
    return (*_concentration(), *_single_source(), *_geography(), *_certified(), *_measured())


def _concentration() -> Iterable[Expected]:
    spend: dict[str, Fraction] = defaultdict(Fraction)
    for line in facts.CHAIN_LINES:
        if line.category == "EL-BATTERY":
            spend[facts.GROUPS.get(line.supplier, line.supplier)] += line.spend
    total = sum(spend.values())
    shares = sorted((value / total for value in spend.values()), reverse=True)
    hhi = sum(share * share for share in shares)
    least = Fraction(1, len(shares))
    cell = f"{facts.CHAIN_BUYER}|EL-BATTERY"
    for year in YEARS:
        yield _expected("R01", cell, year, "headline", hhi)
        yield _expected("R02", cell, year, "headline", (hhi - least) / (1 - least))
        yield _expected("R03", cell, year, "headline", sum(shares[:3], Fraction()))


def _single_source() -> Iterable[Expected]:
    total = sum(line.spend for line in facts.CHAIN_LINES)
    single = [line for line in facts.CHAIN_LINES if line.category != "EL-BATTERY"]
    sole = [line for line in single if line.alternatives == 0]
    for year in YEARS:
        for variant, lines in (("single_source", single), ("sole_source", sole)):
            value = Fraction(sum(line.spend for line in lines), total)
            yield _expected("R05", facts.CHAIN_BUYER, year, variant, value)


def _geography() -> Iterable[Expected]:
    spend: dict[str, Fraction] = defaultdict(Fraction)
    for line in facts.CHAIN_LINES:
        if line.category == "EL-BATTERY" and line.production_country:
            spend[line.production_country] += line.spend
    known = sum(spend.values())
    value = sum((part / known) ** 2 for part in spend.values())
    for year in YEARS:
        yield _expected("R06", f"{facts.CHAIN_BUYER}|EL-BATTERY", year, "country", Fraction(value))


def _certified() -> Iterable[Expected]:
    spend: dict[str, int] = defaultdict(int)
    for line in facts.CHAIN_LINES:
        spend[line.supplier] += line.spend
    total = sum(spend.values())
    for year in YEARS:
        days = [
            date(year, 1, 1) + timedelta(days=day) for day in range((date(year, 12, 31) - date(year, 1, 1)).days + 1)
        ]
        covered = {holder: sum(_covered(holder, day) for day in days) for holder in spend}
        at_end = sum(spend[holder] for holder in spend if _covered(holder, days[-1]))
        weighted = sum(spend[holder] * covered[holder] for holder in spend)
        buyer = facts.CHAIN_BUYER
        yield _expected("C01", buyer, year, "", Fraction(at_end, total), "any")
        yield _expected("C05", buyer, year, "spend_weighted", Fraction(weighted, total * len(days)), "any")
        unweighted = Fraction(sum(covered.values()), len(spend) * len(days))
        yield _expected("C05", buyer, year, "unweighted", unweighted, "any")


def _covered(holder: str, day: date) -> bool:
    return any(certificate.covers(day) for certificate in facts.CERTIFICATES if certificate.holder == holder)


def _measured() -> Iterable[Expected]:
    sent = {(question, item): Fraction(value) for question, item, value, _ in facts.MEASURED_ANSWERS}
    gas = sent["fuel_qty", "natural_gas"] / facts.GJ_PER_MWH
    power = sent["electricity_mwh", ""] / 1000
    heat = sent["heat_mwh", ""]
    hours = sent["hours_worked", "employee"]
    recordable = sent["recordable_injuries", "employee"]
    year, company = facts.MEASURED_YEAR, facts.MEASURED
    scope1 = gas * _exact(FUELS["natural_gas"]) + sent["process_emission_t", ""]
    scope2 = power * _exact(grid_factor("DE", year)) + heat * _exact(heat_factor("DE"))
    yield _expected("E01", company, year, "", scope1)
    yield _expected("E02", company, year, "", scope2)
    yield _expected("E10", company, year, "", gas + power + heat)
    yield _expected("E11", company, year, "", sent["eac_cancelled_mwh", ""] / (gas + power + heat))
    yield _expected("S05", company, year, "headline", sent["lost_time_injuries", "employee"] * 1_000_000 / hours)
    yield _expected("S06", company, year, "per_200000_h", recordable * 200_000 / hours)
    yield _expected("S06", company, year, "per_million_h", recordable * 1_000_000 / hours)


def _exact(value: float) -> Fraction:
    return Fraction(str(value))


def _expected(
    kpi_id: str, entity_id: str, year: int, variant: str, value: Fraction | int, standard: str = ""
) -> Expected:
    return Expected(kpi_id, entity_id, year, variant, float(round(Fraction(value), 9)), standard)

"""What kind of value a VSME concept holds, in which unit, and whether it is a state or a flow.

The template does not say so in one place, so that this is our own short table. Names are long
English phrases, so that one pattern covers a family; a test with the public taxonomy holds it.
"""

from __future__ import annotations

import re

# First match wins: pattern of the concept, kind, unit. Three units depend on the workbook: "_unit" stands
# in the cell named so, "money" is the report's currency, "employees" are persons or full-time equivalents.
KINDS: tuple[tuple[str, str, str], ...] = (
    (r"^Undertakings?(Applies|Has|Is|Are)[A-Z]|^SiteLocated|^PubliclyAvailableDisclosure$", "boolean", ""),
    (r"^ReportContains|^DisclosureOfWhether|^EmployeesReceive|IsPubliclyAvailable$", "boolean", ""),
    (r"^GreenhouseGasEmissionReductionTarget(Base)?Year$", "year", ""),
    (r"^DateOf", "date", ""),
    (r"^ListOf|^NaceSector|^SustainabilityIssue|^TypeOf(Content|HumanRight)", "choices", ""),
    (r"GreenhouseGasEmissionsIntensityValue", "number", "t CO2e/money"),
    (r"(GreenhouseGasEmissions|GHGEmissions)$", "number", "t CO2e"),
    (r"EnergyConsumption", "number", "MWh"),
    (r"WaterWithdrawn|^WaterDischarge|WaterConsumption$", "number", "m3"),
    (r"^Assets$|^Turnover$|Revenues?Derived|AmountOfFines|^FinancialInvestment", "number", "money"),
    (r"^EmployeeTurnoverRate$|^Percentage", "number", "share"),
    (r"^AverageNumberOfAnnualTrainingHours", "number", "h"),
    (r"^NumberOf\w*Employees", "number", "employees"),
    (r"^TotalNumberOf(SelfEmployed|TemporaryWorkers)", "number", "persons"),
    (r"^(Total)?NumberOf", "number", "count"),
    (r"^RateOf|Ratio(In|At)", "number", ""),
    (r"(Mass|Volume)$|^(Weight|Volume|Total\w+)OfMaterialUsed$|^AmountOfEmissionTo", "number", "_unit"),
    (r"^AreaOfSite|^TotalSealedArea|^TotalNatureOriented|^TotalUseOfLand", "number", "_unit"),
    (r"", "text", ""),
)

AT_THE_END_OF_THE_PERIOD = re.compile(
    r"^NumberOf(?!Recordable|Fatalities)|^TotalNumberOf(SelfEmployed|TemporaryWorkers)|^GenderDiversityRatio"
    r"|^PercentageOfEmployees|^ListOf|^Nace|^(Other)?UndertakingsLegalForm|^EmployeeCounting|^TypeOfNumber"
    r"|^(Address|PostalCode|City|Country|GPSLocation)OfSite$|OfTheSubsidiary$|^GreenhouseGasEmissionReduction"
    r"|^PubliclyAvailableDisclosure$|^URLOrLink|^ReportContains|^LinkToPrevious|^EmployeesReceive"
    r"|^AmountOfWaterWithdrawnAt"
)

# Members behind the underscore of a name. The axis default stands for "no dimension at all".
MEMBER_AXIS = {
    "RenewableEnergyMember": "BreakdownOfEnergyConsumptionAxis",
    "NonRenewableEnergyMember": "BreakdownOfEnergyConsumptionAxis",
    "BaselineYearMember": "ReportingScopesAxis",
    "TargetYearMember": "ReportingScopesAxis",
}
DEFAULT_MEMBERS = frozenset({"TotalRenewableAndNonRenewableEnergyMember", "CurrentlyStatedMember"})
YEAR_MEMBERS = frozenset({"BaselineYearMember", "TargetYearMember"})

# The block of protected sites counts the same sites as the list of sites.
AXIS_ALIAS = {"IdentifierOfSitesInBiodiversitySensitiveAreasTypedAxis": "IdentifierOfSiteTypedAxis"}
SITE_AXIS = "IdentifierOfSiteTypedAxis"

CONCEPT_NAME = re.compile(r"^([A-Z][A-Za-z0-9]{3,})(?:_([A-Z][A-Za-z0-9]*Member))?$")
STRUCTURE_NAME = re.compile(r"(Axis|Table|Hypercube|Member|_unit)$")


def kind_of(concept: str) -> tuple[str, str]:
    """Kind (number, boolean, year, date, choices, text) and unit of a concept."""
    for pattern, kind, unit in KINDS:
        if re.search(pattern, concept):
            return kind, unit
    return "text", ""


def is_instant(concept: str) -> bool:
    """True if the fact holds at the end of the period, not over it."""
    return AT_THE_END_OF_THE_PERIOD.search(concept) is not None


def split_name(name: str) -> tuple[str, str | None] | None:
    """Concept and member of a range name; None for names that hold no fact."""
    match = CONCEPT_NAME.match(name)
    if match is None:
        return None
    concept, member = match.group(1), match.group(2)
    if STRUCTURE_NAME.search(concept):
        return None
    return concept, member

"""From the labels people choose in the template to stable names: members, units, choices."""

from __future__ import annotations

import re

from openpyxl.workbook.workbook import Workbook

from ingestion.formats.vsme_names import Area, Filled, filled

UNIT_SYMBOLS = {"kg": "kg", "t": "t", "m3": "m3", "m³": "m3", "m2": "m2", "m²": "m2", "ha": "ha", "l": "l"}
MASS_UNITS = frozenset({"kg", "t"})
VOLUME_UNITS = frozenset({"m3", "l"})

# Labels on the sheet that the taxonomy words differently; a chosen "None" is an answer, not a missing one.
LABEL_ALIAS = {"Consumers and end-users": "Consumers and end users", "None": "None of the list"}

# A name cannot start with a digit, and one list of letters is a single word.
POLLUTANT_ALIAS = {
    "1,2-dichloroethane (EDC)": "EDC12Dichloroethane",
    "1,2,3,4,5,6-hexachlorocyclohexane (HCH)": "HCH123456Hexachlorocyclohexane",
    "1,1,2,2-tetrachloroethane": "Tetrachloroethane1122",
    "1,1,1-trichloroethane": "Trichloroethane111",
    "Benzo(g,h,i)perylene": "Benzoghiperylene",
}

WASTE = re.compile(r"^\s*(\d\d)(?: (\d\d))?(?: (\d\d))? - (?:(Non-Hazardous|Hazardous) - )?(.+)$")


def _camel(label: str) -> str:
    words = re.findall(r"-?[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*-?|\.$", label)
    return "".join("-".join(part[:1].upper() + part[1:].lower() for part in word.split("-")) for word in words)


def _chemical(label: str) -> str:
    """Formulas such as (NH3) keep their letters, other words start with a capital."""
    words = re.findall(r"[A-Za-z0-9]+", label)
    return POLLUTANT_ALIAS.get(label) or "".join(word[:1].upper() + word[1:] for word in words)


def unit_of(label: str) -> str | None:
    """The unit in a drop-down text such as 'metric tonnes (t)', in any language of the template."""
    match = re.search(r"\(([^()]+)\)\s*$", label)
    return UNIT_SYMBOLS.get((match.group(1) if match else label).strip().lower())


def unit_fits(concept: str, unit: str) -> bool:
    """Mass and volume share one column; the unit decides which of the two concepts is meant."""
    if unit in VOLUME_UNITS:
        return "Volume" in concept
    if unit in MASS_UNITS:
        return "Volume" not in concept and "Area" not in concept and "Land" not in concept
    return "Area" in concept or "Land" in concept


def countries(workbook: Workbook, areas: dict[str, Area]) -> dict[str, str]:
    """Country names of the template with their ISO codes, read from its own two lists."""
    names, codes = areas.get("enum_ListCountriesName"), areas.get("enum_ListCountiesCode")
    if names is None or codes is None:
        return {}
    sheet = workbook[names.sheet]
    found = {}
    for row in names.rows():
        name = sheet.cell(row=row, column=names.first_column).value
        # The code is a formula on the column before it: use that where no result was saved.
        code = sheet.cell(row=row, column=codes.first_column).value
        code = code or sheet.cell(row=row, column=codes.first_column - 1).value
        if name and code:
            found[str(name).strip()] = str(code).strip()[-2:]
    return found


def member_of(axis: str, label: str, country_codes: dict[str, str]) -> str:
    """The stable member name of a row: ISO code, waste code with its words, or the words alone."""
    text = label.strip()
    if axis.endswith("TypedAxis"):
        return re.sub(r"\.0$", "", text)
    if axis.startswith("Country"):
        return country_codes.get(text, _camel(text) + "Member")
    waste = WASTE.match(text)
    if waste:
        code = "".join(part or "" for part in waste.groups()[:3])
        hazard = f"-{waste.group(4)}" if waste.group(4) else ""
        return f"W-{code}{hazard}-{_camel(waste.group(5))}Member"
    return f"{_chemical(text)}Member"


def choices(workbook: Workbook, area: Area) -> list[Filled]:
    """The chosen labels of a list: texts as they stand, ticked boxes by the label beside or above them."""
    sheet = workbook[area.sheet]
    found = []
    for row in area.rows():
        for cell in filled(workbook, area, row):
            if isinstance(cell.value, bool):
                if not cell.value:
                    continue
                column = area.first_column + (0 if area.is_block else _offset(workbook, area, cell.ref))
                beside = (row, column - 1) if area.is_block else (row - 1, column)
                label = str(sheet.cell(row=beside[0], column=beside[1]).value or cell.ref)
                found.append(Filled(cell.ref, _tidy(label, capital=True), cell.number_format, is_error=False))
            else:
                found.append(Filled(cell.ref, _tidy(str(cell.value)), cell.number_format, cell.is_error))
    return found


def _offset(workbook: Workbook, area: Area, ref: str) -> int:
    coordinate = ref.rpartition("!")[2]
    return int(workbook[area.sheet][coordinate].column) - area.first_column


def _tidy(label: str, *, capital: bool = False) -> str:
    text = label.strip().lstrip("·• ").strip()
    text = text[:1].upper() + text[1:] if capital else text
    return LABEL_ALIAS.get(text, text)

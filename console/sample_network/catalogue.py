"""The sectors and purchase categories of the sample, with the goods codes that both purchases and trade files use."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sector:
    """One sector of the sample and how its real value added, energy use and purchases change in a year."""

    code: str
    word: str
    nace: tuple[str, ...]
    countries: tuple[str, ...]
    value_added_growth: float
    energy_growth: float
    purchase_growth: float


@dataclass(frozen=True)
class Category:
    """One purchase category: its goods code and its factors for emissions per euro and per tonne."""

    category_id: str
    sector: str
    hs6: str
    goods: str
    t_per_eur: float
    t_per_t: float


SECTORS = (
    Sector("CA", "Foods", ("10.51", "10.61", "10.82", "10.89"), ("VN", "IN", "CN"), 0.04, -0.07, -0.05),
    Sector("CB", "Textiles", ("13.10", "13.20", "14.13", "15.11"), ("BD", "CN", "IN", "VN"), 0.02, 0.09, 0.08),
    Sector("CI", "Electronics", ("26.11", "26.12", "26.20", "26.30"), ("CN", "VN", "CN", "IN"), 0.05, 0.02, 0.02),
)
SECTOR = {sector.code: sector for sector in SECTORS}

CATEGORIES = (
    Category("FO-SUGAR", "CA", "170199", "Sugar, refined", 0.0009, 0.6),
    Category("FO-COCOA", "CA", "180100", "Cocoa beans", 0.0011, 2.4),
    Category("FO-PALM", "CA", "151190", "Palm oil, refined", 0.0013, 3.1),
    Category("FO-COFFEE", "CA", "090111", "Coffee, not roasted", 0.001, 3.9),
    Category("FO-MILK", "CA", "040210", "Milk powder", 0.0014, 7.5),
    Category("TX-COTTON", "CB", "520100", "Cotton, not carded", 0.0012, 2.1),
    Category("TX-FABRIC", "CB", "520812", "Woven cotton fabric", 0.0008, 8.2),
    Category("TX-YARN", "CB", "540233", "Polyester yarn, textured", 0.0009, 4.6),
    Category("TX-SHIRT", "CB", "610910", "T-shirts of cotton", 0.0006, 14.0),
    Category("TX-LEATHER", "CB", "410411", "Leather, wet", 0.001, 11.0),
    Category("EL-BATTERY", "CI", "850760", "Lithium-ion accumulators", 0.0007, 12.0),
    Category("EL-CHIP", "CI", "854231", "Processors and controllers", 0.0004, 90.0),
    Category("EL-PCB", "CI", "853400", "Printed circuits", 0.0005, 28.0),
    Category("EL-POWER", "CI", "850440", "Static converters", 0.0005, 9.0),
    Category("XX-TAG", "CI", "852352", "Smart cards and tags", 0.0004, 35.0),
)
CATEGORY = {category.category_id: category for category in CATEGORIES}
TAG = "XX-TAG"


def offered(sector: str) -> tuple[Category, ...]:
    """Give the categories that ordinary companies of a sector sell; tags come from the planted hub alone."""
    return tuple(item for item in CATEGORIES if item.sector == sector and item.category_id != TAG)

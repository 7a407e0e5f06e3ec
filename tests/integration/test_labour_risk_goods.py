"""Goods made with child or forced labour: the list and the profiles give the same rows, and oddities are refused."""

from pathlib import Path

import duckdb
import pytest

from ingestion.deliver import deliver
from ingestion.intake import drain
from tests.conftest import AT, home
from warehouse.ledger import Delivery
from warehouse.settings import Settings

FLAGS = (
    "<Child_Labor>{}</Child_Labor><Forced_Labor>{}</Forced_Labor><Forced_Child_Labor>{}</Forced_Child_Labor>"
    "<Derived_Labor_Exploitation>No</Derived_Labor_Exploitation><Derived_Country>{}</Derived_Country>"
)
COUNTRY = "<Country><Country_Name>{}</Country_Name><Country_Region>South</Country_Region>{}</Country>"
GOOD = "<Good><Good_Name>Beans</Good_Name><Good_Sector>Farming</Good_Sector><Countries>{}</Countries></Good>"
PROFILE = (
    "<Countries><Country><Name>Brazil</Name><Region>South</Region><Goods><Good><Good_Name>Beans</Good_Name>{}</Good>"
    "</Goods></Country><Country><Name>Chad</Name><Goods/></Country></Countries>"
)
YES = FLAGS.format("Yes", "No", "No", "No")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return home(tmp_path / "home")


def send(settings: Settings, content: str) -> Delivery:
    file = settings.home.parent / "list.xml"
    file.write_text(content, encoding="utf-8")
    deliver(settings, [file], "labour_risk_goods", "office")
    return drain(settings, "labour_risk_goods", AT)[-1]


def landed(settings: Settings, delivery: Delivery, columns: str) -> list[tuple[object, ...]]:
    path = settings.home / delivery.tables[0].path
    return duckdb.sql(f"select {columns} from read_parquet('{path}') order by row_number").fetchall()


@pytest.mark.parametrize(("content", "form", "place"), [
    (f"<Goods>{GOOD.format(COUNTRY.format('Brazil', YES))}</Goods>", "dol_goods_xml", "/Good[1]/Country[1]"),
    (f"<Goods xmlns='urn:x'>{GOOD.format(COUNTRY.format('Brazil', YES))}</Goods>", "dol_goods_xml", "/Good[1]/Country[1]"),
    (PROFILE.format(YES), "dol_countries_xml", "/Country[1]/Good[1]"),
])  # fmt: skip
def test_the_list_and_the_profiles_say_the_same(settings: Settings, content: str, form: str, place: str) -> None:
    delivery = send(settings, content)
    assert (delivery.outcome, delivery.format, delivery.rows_in) == ("accepted", form, 1)
    columns = "country, country_region, good, is_child_labour, is_forced_labour, derived_country, source_ref"
    assert landed(settings, delivery, columns) == [("BR", "South", "Beans", True, False, None, place)]


def test_rows_that_cannot_count_are_quarantined(settings: Settings) -> None:
    odd = [
        ("Brazil", "Yes", "No", "No"),
        ("Chad", "Perhaps", "No", "No"),
        ("", "Yes", "No", "No"),
        ("Mali", "No", "No", "Yes"),
    ]
    countries = "".join(COUNTRY.format(name, FLAGS.format(*flags, "Somewhere")) for name, *flags in odd)
    delivery = send(settings, f"<Goods>{GOOD.format(countries)}{GOOD.format('')}</Goods>")
    assert (delivery.outcome, delivery.rows_in, delivery.rows_accepted) == ("partly_quarantined", 5, 1)
    assert landed(settings, delivery, "country_name, derived_country") == [("Brazil", "Somewhere")]
    assert {(r.code, r.field) for r in delivery.reasons} >= {
        ("not_a_boolean", "is_child_labour"), ("missing_value", "country_name"), ("missing_value", None),
        ("state_contradicts_value", "is_forced_child_labour"),
    }  # fmt: skip


@pytest.mark.parametrize(("content", "code"), [
    ("<Goods><Good>", "damaged_xml"), ("<Things><Good/></Things>", "unknown_format"), ("<Goods/>", "unknown_format"),
    ("<!DOCTYPE x [<!ENTITY e 'e'>]><Goods/>", "active_content"),
])  # fmt: skip
def test_another_document_is_rejected(settings: Settings, content: str, code: str) -> None:
    delivery = send(settings, content)
    assert (delivery.outcome, [r.code for r in delivery.reasons]) == ("rejected", [code])

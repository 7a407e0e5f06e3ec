"""Directories of companies: the words of each are read, those who lost the certificate stay, days are not guessed."""

from pathlib import Path

import duckdb
import openpyxl
import pytest

from ingestion.deliver import deliver
from ingestion.intake import drain
from tests.conftest import AT, home
from warehouse.ledger import Delivery
from warehouse.settings import Settings

HEADER = (
    "company_id,company_name,date_first_certified,date_certified,current_status,industry,country,overall_score,"
    "assessment_year,description"
)
ROWS = [
    "a1,Mill Ltd,2012-12-20,2021-02-01,certified,Textiles,United Kingdom,80.5,2020,words",
    "a2,Yarn GmbH,2014-01-02,2016-05-04T00:00:00.000Z,de-certified,Textiles,DE,91,2015,",
]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return home(tmp_path / "home")


def send(settings: Settings, content: str, name: str = "directory.csv") -> Delivery:
    file = settings.home.parent / name
    file.write_text(content, encoding="utf-8")
    return take(settings, file)


def take(settings: Settings, file: Path) -> Delivery:
    deliver(settings, [file], "company_directories", "office")
    return drain(settings, "company_directories", AT)[-1]


def rows(settings: Settings, delivery: Delivery, columns: str) -> list[tuple[object, ...]]:
    path = settings.home / delivery.tables[0].path
    return duckdb.sql(f"select {columns} from read_parquet('{path}') order by row_number").fetchall()


def test_who_lost_the_certificate_stays_listed(settings: Settings) -> None:
    delivery = send(settings, "\n".join([HEADER, *ROWS]))
    assert (delivery.outcome, delivery.rows_in, delivery.rows_accepted) == ("accepted", 2, 2)
    columns = "listing_id, status, status_sent, certified_since::varchar, country_iso2, score::double, assessment_year"
    assert rows(settings, delivery, columns) == [
        ("a1", "certified", "certified", "2021-02-01", "GB", 80.5, 2020),
        ("a2", "decertified", "de-certified", "2016-05-04", "DE", 91.0, 2015),
    ]


def test_a_list_of_members_has_no_states_and_a_year_is_no_day(settings: Settings) -> None:
    delivery = send(settings, "Unternehmen;Land;Zertifiziert seit;Punktzahl\nMill;Deutschland;2015;80,5\n")
    columns = "status, status_sent, certified_since, certified_since_year, country, score::double"
    assert rows(settings, delivery, columns) == [("listed", None, None, 2015, "Deutschland", 80.5)]


def test_a_workbook_means_the_same(settings: Settings) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Our directory"])
    book.active.append(["Participant", "Country", "Status", "Joined On", "Sector"])
    book.active.append(["Mill Ltd", "Vietnam", "Delisted", "2015-03-02", "Textiles"])
    book.save(settings.home.parent / "book.xlsx")
    delivery = take(settings, settings.home.parent / "book.xlsx")
    assert (delivery.outcome, delivery.format) == ("accepted", "directory_xlsx")
    columns = "company_name, country_iso2, status, certified_since::varchar"
    assert rows(settings, delivery, columns) == [("Mill Ltd", "VN", "decertified", "2015-03-02")]


@pytest.mark.parametrize(("row", "code"), [
    ("a3,X,2012-12-20,03/04/2020,certified,T,DE,1,2020,", "not_a_date"),
    ("a3,X,2012-12-20,2020-03-04,gold,T,DE,1,2020,", "unknown_code"),
    ("a3,X,2012-12-20,2020-03-04,certified,T,Atlantis,1,2020,", "unknown_country"),
    ("a3,X,2012-12-20,2020-03-04,certified,T,DE,many,2020,", "not_a_number"),
    ("a3,,2012-12-20,2020-03-04,certified,T,DE,1,2020,", "missing_value"),
])  # fmt: skip
def test_a_row_that_means_nothing_is_quarantined(settings: Settings, row: str, code: str) -> None:
    delivery = send(settings, "\n".join([HEADER, *ROWS, row]))
    assert (delivery.outcome, delivery.rows_in, delivery.rows_accepted) == ("partly_quarantined", 3, 2)
    assert [reason.code for reason in delivery.reasons] == [code]


def test_a_directory_that_shrinks_is_held(settings: Settings) -> None:
    many = [f"b{n},Company {n},2012-12-20,2021-02-01,certified,T,DE,1,2020," for n in range(20)]
    assert send(settings, "\n".join([HEADER, *many]), "2025-01-01 directory.csv").outcome == "accepted"
    assert send(settings, "\n".join([HEADER, *ROWS]), "2025-02-01 directory.csv").outcome == "held"


def test_an_end_before_the_beginning_is_refused(settings: Settings) -> None:
    content = "name,country,status,certified since,delisted on\nMill,DE,delisted,2020-01-01,2019-01-01\n"
    delivery = send(settings, content)
    assert (delivery.outcome, delivery.reasons[0].code) == ("rejected", "period_reversed")


def test_doubtful_identifiers_are_kept_and_flagged(settings: Settings) -> None:
    header = "name,country,status,VAT number,ISIN,EUID,DUNS number,OS ID\n"
    sound = "Mill,DE,active,DE136695976,US0378331005,DEK1101R.HRB116737,150483782,CN2021250D1DTN7\n"
    delivery = send(settings, header + sound + "Yarn,DE,active,DE136695978,US0378331006,HRB1,15-048,CN2021250D1DTN8\n")
    assert (delivery.outcome, delivery.rows_accepted) == ("accepted_with_warnings", 2)
    doubted = {(reason.field, reason.code, reason.count) for reason in delivery.reasons}
    assert doubted == {(name, "doubtful_identifier", 1) for name in ("vat_id", "isin", "euid", "duns", "os_id")}

"""Coffee certificates: English days, line breaks in cells, columns without a name, and no person is landed."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from ingestion.deliver import deliver
from ingestion.intake import drain
from tests.conftest import AT, home
from warehouse.ledger import Delivery
from warehouse.settings import Settings

HEADER = ",Species,Owner,Country of Origin,Grading Date,Owner.1,Expiration,Certification Body,Bag Weight,Lot Number,"
ROWS = (
    '0,Arabica,Nomen Nescio,Mexico,"April 4th, 2015",Nomen Nescio,"April 3rd, 2016",Body A,60 kg,"1\r\n2",',
    '1,Arabica,Nomen Nescio,,"May 21st, 2010",,"May 21st, 2011",Body B,1 kg,,',
    "2,Arabica,Nomen Nescio,Brazil,2015-04-04,,2016-04-03,Body A,,,",
)
BROKEN = (
    '3,Arabica,N,Mexico,"April 31st, 2015",,"April 3rd, 2016",Body A,,,',
    '4,Arabica,N,Mexico,"April 4th, 2015",,"April 3rd, 2014",Body A,,,',
    '5,Arabica,N,Mexico,"April 4th, 2015",,"April 3rd, 2016",,,,',
    '6,Arabica,N,Mexico,,,"April 3rd, 2016",Body A,,,',
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return home(tmp_path / "home")


def send(settings: Settings, *rows: str, header: str = HEADER) -> Delivery:
    file = settings.home.parent / "ratings.csv"
    file.write_bytes("\r\n".join([header, *rows, ""]).encode())
    deliver(settings, [file], "coffee_certificates", "office")
    return drain(settings, "coffee_certificates", AT)[-1]


def test_english_days_and_cells_with_line_breaks_are_read(settings: Settings) -> None:
    delivery = send(settings, *ROWS)
    assert (delivery.outcome, delivery.rows_in, delivery.rows_accepted) == ("accepted_with_warnings", 3, 3)
    path = settings.home / delivery.tables[0].path
    found = duckdb.sql(f"select grading_date, expiration_date, bag_weight, source_ref from '{path}' order by 1 desc")
    assert found.fetchall()[0][:2] == (date(2015, 4, 4), date(2016, 4, 3))
    assert duckdb.sql(f"select count(distinct source_ref) from '{path}'").fetchall() == [(3,)]


def test_no_person_is_landed_or_kept_among_unknown_columns(settings: Settings) -> None:
    delivery = send(settings, *ROWS, *BROKEN)
    folder = settings.landing / "coffee_certificates" / delivery.delivery_id
    cells = [str(duckdb.sql(f"select * from '{file}'").fetchall()) for file in folder.glob("*.parquet")]
    assert len(cells) >= 2
    assert not any("Nescio" in text for text in cells)


def test_each_broken_row_says_why(settings: Settings) -> None:
    delivery = send(settings, *ROWS, *BROKEN)
    assert (delivery.rows_in, delivery.rows_accepted, delivery.rows_quarantined) == (7, 3, 4)
    assert {(r.code, r.field, r.row) for r in delivery.reasons if r.code not in ("missing_should", "unknown_column")} == {
        ("not_a_date", "grading_date", 4), ("period_reversed", "expiration_date", 5),
        ("missing_value", "certifying_body", 6), ("missing_value", "grading_date", 7),
    }  # fmt: skip


def test_a_file_without_expiration_is_refused_and_names_it(settings: Settings) -> None:
    delivery = send(settings, "a,2015-04-04", header="Certification Body,Grading Date")
    assert (delivery.outcome, delivery.reasons[0].code) == ("rejected", "missing_column")


def test_dots_for_blanks_in_the_names_are_the_same_columns(settings: Settings) -> None:
    header = "Certification.Body,Grading.Date,Expiration,Country.of.Origin"
    delivery = send(settings, 'Body,"April 4th, 2015","April 3rd, 2016",Peru', header=header)
    assert (delivery.outcome, delivery.rows_accepted) == ("accepted", 1)

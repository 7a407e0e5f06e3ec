"""Mills and their links arrive as Arrow in every encoding of a column, and as a workbook under a title block."""

from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from openpyxl import Workbook
from pyarrow import ipc

from ingestion.deliver import deliver
from ingestion.intake import drain
from tests.conftest import AT, home
from warehouse.ledger import Delivery
from warehouse.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return home(tmp_path / "home")


def send(settings: Settings, content: pa.Table | Workbook, stream: bool = False, cut: int = 0) -> Delivery:
    file = settings.home.parent / ("list.xlsx" if isinstance(content, Workbook) else "list.arrow")
    if isinstance(content, Workbook):
        content.save(file)
    else:
        opened = ipc.new_stream if stream else ipc.new_file
        with opened(str(file), content.schema) as writer:
            writer.write_table(content)
        file.write_bytes(file.read_bytes()[: -cut or None])
    deliver(settings, [file], "mill_register", "office")
    return drain(settings, "mill_register", AT)[-1]


def landed(settings: Settings, delivery: Delivery, sql: str) -> list[tuple[object, ...]]:
    return duckdb.sql(sql.format(f"read_parquet('{settings.home / delivery.tables[0].path}')")).fetchall()


def mills(**changed: object) -> pa.Table:
    columns: dict[str, object] = {
        "UML ID": ["M1", "M2", "M3"],
        "Mill Name": pa.array(["Alpha", None, "Gamma"]).dictionary_encode(),
        "RSPO Status": pa.array(["RSPO Certified", "Not RSPO Certified", "RSPO Certified"]).dictionary_encode(),
        "RSPO Type": ["RSPO Certified, IP, MB", None, "RSPO Certified, MB"],
        "Date RSPO Certification Status": ["3/31/23", "12/1/2022", "2021-05-06"],
        "Latitude": pa.array([1.5, None, 3.25], pa.float32()),
        "Longitude": [101.5, None, 99.0],
        "GPS coordinates": ["1.512345, 101.498765", None, None],
        "owner": pa.array([{"unit": "a"}, None, {"unit": None}]),
        "nothing": pa.nulls(3),
    }
    return pa.table(columns | changed)


@pytest.mark.parametrize("stream", [False, True])
def test_dictionaries_nulls_and_nested_columns_are_read(settings: Settings, stream: bool) -> None:
    delivery = send(settings, mills(), stream)
    assert (delivery.outcome, delivery.format, delivery.rows_accepted) == ("accepted_with_warnings", "mills_arrow", 3)
    assert {r.field for r in delivery.reasons if r.code == "unknown_column"} == {"owner.unit", "nothing"}
    sql = "select mill_id, mill_name, rspo_status, rspo_status_date, latitude::double, longitude::double from {}"
    assert landed(settings, delivery, f"{sql} order by 1") == [
        ("M1", "Alpha", "certified", date(2023, 3, 31), 1.512345, 101.498765),
        ("M2", None, "not_certified", date(2022, 12, 1), None, None),
        ("M3", "Gamma", "certified", date(2021, 5, 6), 3.25, 99.0),
    ]


def test_a_day_of_arrow_is_a_day(settings: Settings) -> None:
    days = pa.array([date(2023, 3, 31)] * 3, pa.date32())
    delivery = send(settings, mills(**{"Date RSPO Certification Status": days.cast(pa.timestamp("ns"))}))
    assert landed(settings, delivery, "select distinct rspo_status_date from {}") == [(date(2023, 3, 31),)]


def test_broken_rows_are_quarantined_and_counted(settings: Settings) -> None:
    status = ["perhaps", "Not RSPO Certified", "RSPO Certified"]
    delivery = send(settings, mills(**{"RSPO Status": status, "Latitude": [1.0, 2.0, 91.0]}))
    assert (delivery.rows_in, delivery.rows_accepted, delivery.rows_quarantined) == (3, 0, 3)
    found = {(r.code, r.field) for r in delivery.reasons}
    assert found >= {("unknown_code", "rspo_status"), ("out_of_range", "latitude")}


@pytest.mark.parametrize(("stream", "cut"), [(False, 40), (True, 8), (True, 40)])
def test_arrow_that_was_cut_is_refused(settings: Settings, stream: bool, cut: int) -> None:
    delivery = send(settings, mills(), stream, cut)
    assert (delivery.outcome, delivery.rows_accepted) == ("rejected", 0)
    assert delivery.reasons[0].code in ("unreadable", "cut_off")


def test_links_repeat_rows_and_each_counts_once(settings: Settings) -> None:
    links = {"consumer_brand": ["A", "A", "B"], "report_year": [2020, 2020, 2019], "UML ID": ["M1", "M1", "M9"]}
    delivery = send(settings, pa.table(links))
    assert (delivery.format, delivery.rows_accepted, delivery.rows_quarantined) == ("mill_links_arrow", 2, 1)
    assert [r.code for r in delivery.reasons] == ["repeated_row"]


def test_a_table_of_something_else_is_refused(settings: Settings) -> None:
    delivery = send(settings, pa.table({"a": [1], "b": [2]}))
    assert (delivery.outcome, delivery.reasons[0].code) == ("rejected", "unknown_format")


def test_the_list_of_disclosures_is_found_under_its_title(settings: Settings) -> None:
    book = Workbook()
    for row in (
        [], [None, "Sources"], [None, "???", "link lost"],
        [None, "Consumer Brand", "Lists Mills As Of", "Date Published", "Link Last Checked", "Direct Link"],
        [None, "Brand A", 2017, date(2018, 2, 1), date(2023, 1, 24), "Link"],
        [None, "Brand A", "2018H2", None, "???", "???"], [None, "Brand B", "Unknown"], [],
    ):  # fmt: skip
        book.active.append(row)
    delivery = send(settings, book)
    assert (delivery.format, delivery.rows_in, delivery.rows_accepted) == ("disclosures_xlsx", 3, 3)
    sql = "select lists_as_of, report_year, report_half, link_state, published_date from {} order by 1"
    assert landed(settings, delivery, sql) == [
        ("2017", 2017, None, "linked", date(2018, 2, 1)),
        ("2018H2", 2018, 2, "lost", None),
        ("Unknown", None, None, "unlinked", None),
    ]

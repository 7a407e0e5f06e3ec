"""The Universal Mill List and the brands' lists as published: counted with pyarrow and openpyxl."""

from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from openpyxl import load_workbook
from pyarrow import ipc

from ingestion.deliver import deliver
from ingestion.intake import drain
from tests.conftest import AT, home
from warehouse.ledger import Delivery
from warehouse.settings import Settings

pytestmark = pytest.mark.real_data


def send(tmp_path: Path, file: Path) -> tuple[Settings, Delivery]:
    settings = home(tmp_path / "home")
    deliver(settings, [file], "mill_register", "publisher")
    return settings, drain(settings, "mill_register", AT)[0]


def table(file: Path) -> pa.Table:
    return ipc.open_file(str(file)).read_all()


def test_every_mill_lands_with_status_and_precise_place(real_data: Path, tmp_path: Path) -> None:
    file = real_data / "B_certification/palm_rspo/uml.arrow"
    settings, delivery = send(tmp_path, file)
    sent = table(file)
    assert (delivery.rows_in, delivery.rows_accepted) == (sent.num_rows, sent.num_rows)
    path = settings.home / delivery.tables[0].path
    sql = "select count(*) filter (rspo_status = 'certified'), count(distinct group_name), count(latitude) from "
    certified = sent["RSPO Status"].to_pylist().count("RSPO Certified")
    groups = len(set(sent["Group Name"].to_pylist()) - {None})
    assert duckdb.sql(f"{sql} read_parquet('{path}')").fetchall() == [(certified, groups, sent.num_rows)]


def test_every_link_counts_once(real_data: Path, tmp_path: Path) -> None:
    file = real_data / "F_network/palmwatch/companies_2017_2020.arrow"
    _, delivery = send(tmp_path, file)
    sent = table(file)
    links = set(zip(*(sent[name].to_pylist() for name in sent.column_names), strict=True))
    assert (delivery.rows_in, delivery.rows_accepted) == (sent.num_rows, len(links))
    assert {r.code for r in delivery.reasons} == {"repeated_row"}


def test_every_disclosure_lands(real_data: Path, tmp_path: Path) -> None:
    file = real_data / "F_network/palmwatch/Disclosure Sources.xlsx"
    _, delivery = send(tmp_path, file)
    rows = [row[1:3] for row in load_workbook(file).active.iter_rows(values_only=True)]
    expected = [row for row in rows[rows.index(("Consumer Brand", "Lists Mills As Of")) + 1 :] if row[0]]
    assert (delivery.rows_in, delivery.rows_accepted) == (len(expected), len(expected))

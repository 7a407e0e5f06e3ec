"""Real OCDS packages and eForms notices: every lot and award is there, counted a second way."""

import json
import os
import re
from pathlib import Path

import duckdb
import pytest

from ingestion.deliver import deliver
from ingestion.intake import drain
from tests.conftest import AT, home
from warehouse.ledger import Delivery

FOLDER = Path(os.environ.get("LIEFERNETZ_REAL_DATA") or "nowhere") / "E_procurement"
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(
        not FOLDER.is_dir(), reason="LIEFERNETZ_REAL_DATA does not name the folder of real public files"
    ),
]
Landed = dict[str, tuple[Delivery, Path]]


@pytest.fixture(scope="module")
def landed(tmp_path_factory: pytest.TempPathFactory) -> Landed:
    settings = home(tmp_path_factory.mktemp("procurement") / "home")
    deliver(settings, sorted(p for p in FOLDER.rglob("*") if p.is_file()), "procurement", "publisher")
    done = drain(settings, "procurement", AT)
    return {d.file_name: (d, settings.home / d.tables[0].path if d.tables else Path()) for d in done}


def query(landed: Landed, name: str, columns: str) -> list[tuple[object, ...]]:
    return duckdb.sql(f"select {columns} from read_parquet('{landed[name][1]}') order by row_number").fetchall()


def test_every_file_is_accepted(landed: Landed) -> None:
    assert len(landed) == 8
    assert {d.outcome for d, _ in landed.values()} <= {"accepted", "accepted_with_warnings"}


@pytest.mark.parametrize("name", ["record-package-1.json", "record-package_package.json", "release-package-1.json"])
def test_each_award_of_a_package_is_one_row(landed: Landed, name: str) -> None:
    package = json.loads((FOLDER / "ocds" / name).read_text(encoding="utf-8"))
    entries = package.get("releases") or [record["compiledRelease"] for record in package["records"]]
    values = sorted((e["ocid"], a["id"], float(a["value"]["amount"])) for e in entries for a in e["awards"])
    assert sorted(query(landed, name, "procedure_id, award_id, award_value::double")) == values


def test_a_contract_without_its_award_is_a_row_of_its_own(landed: Landed) -> None:
    found = query(landed, "release-package_1.0-2.json", "award_value::bigint, award_value_basis, phase, n_suppliers")
    assert found == [(17875000, "contract", "contract", 1)]


@pytest.mark.parametrize("name", ["can_24_UKRI", "can_24_maximal", "cn_24_maximal", "cn_24_multilingual"])
def test_every_lot_of_a_notice_is_there(landed: Landed, name: str) -> None:
    text = (FOLDER / "eforms" / f"{name}.xml").read_text(encoding="utf-8")
    lots = re.findall(r'<cac:ProcurementProjectLot>.*?<cbc:ID schemeName="Lot">(.*?)<', text, re.DOTALL)
    found = [lot for (lot,) in query(landed, f"{name}.xml", "lot_id")]
    assert sorted(set(map(str, found))) == sorted(set(lots))
    aims = re.findall(r'listName="environmental-impact">(.*?)<', text)
    assert len(set(query(landed, f"{name}.xml", "lot_id, green_codes"))) == max(len(aims), len(set(lots)))


def test_winners_and_lots_without_one_are_told_apart(landed: Landed) -> None:
    columns = "lot_id, award_id, award_status, award_value::varchar, n_suppliers"
    assert query(landed, "can_24_maximal.xml", columns) == [
        ("LOT-0001", "TEN-0001", "selec-w", "9999999.990000000", 2),
        ("LOT-0001", "TEN-0002", "selec-w", "9999999.990000000", 1),
        ("LOT-0002", None, "clos-nw", None, None),
    ]


def test_one_of_many_languages_is_taken_and_named(landed: Landed) -> None:
    columns = "title_language, len(string_split(other_languages, ' | ')), left(lot_title, 24), framework_type"
    assert query(landed, "cn_24_multilingual.xml", columns) == [("ENG", 23, "Provision of IT Services", "fa-wo-rc")]

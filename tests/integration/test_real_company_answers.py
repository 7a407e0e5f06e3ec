"""Real pages of Wikirate: every answer and relationship is accounted for, with the digits of the publisher."""

import json
import os
from pathlib import Path

import duckdb
import pytest

from ingestion.deliver import deliver
from ingestion.intake import drain
from tests.conftest import AT, home

FOLDER = Path(os.environ.get("LIEFERNETZ_REAL_DATA") or "nowhere") / "C_suppliers" / "wikirate"
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(
        not FOLDER.is_dir(), reason="LIEFERNETZ_REAL_DATA does not name the folder of real public files"
    ),
]


@pytest.mark.parametrize("name", ["indonesia.json", "living_wage_scores.json", "brands.json"])
def test_every_answer_is_accounted_for(tmp_path: Path, name: str) -> None:
    settings = home(tmp_path / "home")
    deliver(settings, [FOLDER / name], "company_answers", "publisher")
    (delivery,) = drain(settings, "company_answers", AT)
    sent = json.loads((FOLDER / name).read_text(encoding="utf-8"))["items"]
    assert delivery.rows_in == len(sent)
    path = settings.home / delivery.tables[0].path
    found = duckdb.sql(f"select row_number, company, year, value from read_parquet('{path}')").fetchall()
    for number, *values in found:
        item = sent[number - 1]
        company = item.get("company") or item["subject_company"]
        assert values == [company, item["year"], item["value"].strip() or None]
    # The same owner, brand and year twice says two things in some rows of the relations; none of those counts.
    assert len(found) == delivery.rows_accepted >= 0.97 * len(sent)
    assert name == "brands.json" or delivery.rows_accepted == len(sent)


@pytest.mark.parametrize("name", ["MSA_Garment.json", "tea_companies.json"])
def test_a_list_of_companies_is_refused(tmp_path: Path, name: str) -> None:
    settings = home(tmp_path / "home")
    deliver(settings, [FOLDER / name], "company_answers", "publisher")
    assert drain(settings, "company_answers", AT)[0].outcome == "rejected"

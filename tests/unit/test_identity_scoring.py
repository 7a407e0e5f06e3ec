"""What the matching engine compares, and that scores depend on nothing but the two records."""

import random

import pyarrow as pa
import pytest

from warehouse.identity.candidates import LARGEST_BLOCK
from warehouse.identity.features import features
from warehouse.identity.measuring import Quality
from warehouse.identity.model import load_model
from warehouse.identity.scoring import memory, score

MODEL = load_model()


def record(record_id: str, name: str, address: str | None = None, country: str | None = "LK") -> dict[str, str | None]:
    return {"record_id": record_id, "kind": "site", "name": name, "address": address, "country": country}


def scored(*records: dict[str, str | None]) -> list[dict[str, object]]:
    kinds = pa.schema([(name, pa.string()) for name in ("record_id", "kind", "name", "address", "country")])
    return score(pa.Table.from_pylist(list(records), kinds), MODEL).to_pylist()


@pytest.mark.parametrize(
    ("name", "core", "numbers"),
    [
        ("Beispiel Öfen GmbH & Co. KG", "beispielofen", []),
        ("ÖRNEK Tekstil San. ve Tic. A.Ş.", "ornek", []),
        ("Sample Mills (Pvt) Ltd. Unit III", "sampleiii", ["3"]),
        ("M i l o r 07", "milor07", ["7"]),
        ("Ltd.", "ltd", []),
        ("例子工厂", "例子工厂", []),
    ],
)
def test_names_lose_legal_form_accents_and_blanks(name: str, core: str, numbers: list[str]) -> None:
    connection = memory()
    connection.register("given", pa.Table.from_pylist([record("1", name, "x")]))
    found = connection.execute(f"select core, numbers from ({features('given')})").fetchall()
    assert found == [(core, numbers)]


def test_equal_places_score_high_and_another_unit_of_the_firm_low() -> None:
    found = scored(
        record("1", "Sample Sewing (Pvt) Ltd", "12 Invented Road, Zone 401"),
        record("2", "SAMPLE SEWING", "no. 12 invented rd zone 401"),
        record("3", "Sample Sewing Unit 6", "77 Other Street, Zone 902"),
    )
    of = {(row["left_id"], row["right_id"]): row["score"] for row in found}
    assert of["1", "2"] >= MODEL.merge_at  # type: ignore[operator]
    assert of["1", "3"] < MODEL.review_at  # type: ignore[operator]


def test_scores_do_not_depend_on_order_or_on_other_records() -> None:
    records = [record(f"{n}", f"Sample Weavers {n % 7}", f"{n % 5} Road 100{n % 3}") for n in range(20)]
    shuffled = random.Random(1).sample(records, len(records))
    assert scored(*records) == scored(*shuffled)
    alone = scored(records[0], records[7])
    assert [row for row in scored(*records) if {row["left_id"], row["right_id"]} == {"0", "7"}] == alone


def test_what_everybody_shares_and_what_is_missing_makes_no_pairs() -> None:
    assert scored(*(record(f"{n:03}", "Same", None) for n in range(LARGEST_BLOCK + 1))) == []
    assert scored(record("1", "", None), record("2", "", None)) == []
    assert scored() == []


def test_shares_without_a_denominator_are_unknown() -> None:
    assert (Quality(0, 0, 0).precision, Quality(0, 0, 0).recall, Quality(0, 0, 0).f1) == (None, None, None)
    assert Quality(3, 1, 1).f1 == 0.75

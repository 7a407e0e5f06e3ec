"""Rules before likelihood, contradictions to people, decisions that count again, and the same answer in any order."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from warehouse.identity.decisions import DIFFERENT, SAME, WITHDRAWN, DecisionRefused, decide, history, standing
from warehouse.identity.matching import IDENTIFIERS, match
from warehouse.identity.model import load_model
from warehouse.identity.uniting import components
from warehouse.ledger import Ledger
from warehouse.settings import Settings
from warehouse.snapshot import current_snapshot

AT = datetime(2026, 3, 1, tzinfo=UTC)
FIELDS = ("record_id", "kind", "source", "own_id", "name", "address", "country", *IDENTIFIERS)
# Invented, with sound check digits.
LEI, OTHER_LEI = "5493000IBP32UQZ0KL24", "529900T8BM49AURSDO55"


def record(record_id: str, name: str | None = None, **other: str) -> dict[str, str | None]:
    return (
        dict.fromkeys(FIELDS) | {"record_id": record_id, "kind": "company", "source": record_id, "name": name} | other
    )


def matched(records: list[dict[str, str | None]], *said: tuple[str, str, bool]) -> pd.DataFrame:
    decisions = pd.DataFrame(list(said), columns=["left_id", "right_id", "is_same"])
    return match(pd.DataFrame(records, columns=list(FIELDS)), decisions, load_model())


def found(pairs: pd.DataFrame) -> dict[tuple[str, str], tuple[Any, ...]]:
    return {(p["left_id"], p["right_id"]): (p["rule"], p["state"]) for p in pairs.to_dict("records")}


def parties(records: list[dict[str, str | None]], pairs: pd.DataFrame) -> set[frozenset[str]]:
    merged, ids = pairs[pairs["state"] == "merged"], sorted(str(r["record_id"]) for r in records)
    numbers = components(ids, merged["left_id"], merged["right_id"]).tolist()
    return {frozenset(i for i, n in zip(ids, numbers, strict=True) if n == number) for number in numbers}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"lei": LEI}, {"lei": LEI}, ("identifier", "merged")),
        ({"lei": LEI[:-1] + "5"}, {"lei": LEI[:-1] + "5"}, None),
        ({"source": "s", "own_id": "7"}, {"source": "s", "own_id": "7"}, ("own_id", "merged")),
        ({"name": "Sample Oven GmbH", "country": "DE"}, {"name": "SAMPLE OVEN GMBH", "country": "DE"},
         ("as_written", "merged")),
        ({"name": "Sample Oven GmbH", "country": "DE"}, {"name": "Sample Ovens", "country": "DE"},
         ("likelihood", "review")),
        ({"name": "Sample", "lei": LEI}, {"kind": "site", "name": "Sample", "lei": LEI}, None),
        ({"name": "Sample Oven", "kind": "product"}, {"name": "Sample Ovens", "kind": "product"}, None),
        ({}, {}, None),
    ],
)  # fmt: skip
def test_the_first_rule_that_holds_decides(one: dict[str, str], other: dict[str, str], expected: object) -> None:
    assert found(matched([record("a", **one), record("b", **other)])).get(("a", "b")) == expected


def test_what_contradicts_itself_is_never_merged_by_a_machine() -> None:
    records = [record("a", lei=LEI, gln="4000001000005"), record("b", lei=OTHER_LEI, gln="4000001000005")]
    pairs = matched(records)
    assert found(pairs) == {("a", "b"): ("identifier", "review")}
    assert "two different lei" in pairs["reason"][0]
    assert found(matched(records, ("a", "b", True))) == {("a", "b"): ("person", "merged")}


def test_the_weakest_link_gives_way_where_a_chain_would_join_two_register_ids() -> None:
    records = [
        record("a", "Sample Oven GmbH", country="DE", network_id="C1", lei=LEI),
        record("b", "Sample Kiln GmbH", country="DE", lei=LEI),
        record("c", "Sample Kiln GmbH", country="DE", network_id="C2"),
    ]
    pairs = matched(records)
    assert parties(records, pairs) == {frozenset("ab"), frozenset("c")}
    assert found(pairs)["b", "c"] == ("as_written", "review")


def test_a_decision_splits_and_its_withdrawal_joins_again() -> None:
    records = [record(i, "Sample Oven GmbH", country="DE") for i in "abc"]
    joined = parties(records, matched(records))
    split = parties(records, matched(records, ("a", "b", False)))
    assert joined == {frozenset("abc")}
    assert split == {frozenset("ac"), frozenset("b")}
    assert parties(records, matched(records)) == joined


def test_decisions_that_do_not_go_together_are_shown() -> None:
    pairs = matched([record(i) for i in "abc"], ("a", "b", True), ("b", "c", True), ("a", "c", False))
    assert sorted(pairs["state"]) == ["apart", "contradicted", "merged"]


def test_the_order_of_records_changes_nothing() -> None:
    records = [record(f"{n:02}", f"Sample Oven {n % 4}", country="DE", own_id=f"{n % 6}") for n in range(24)]
    pd.testing.assert_frame_equal(matched(records), matched(records[::-1]))
    assert matched([]).empty


def test_decisions_stand_in_the_ledger_and_name_the_snapshot(tmp_path: Path) -> None:
    ledger = Ledger.open(Settings(tmp_path, f"sqlite:///{tmp_path}/ledger.sqlite"))
    before = current_snapshot(ledger).snapshot_id
    decide(ledger, ("Pb", "Pa"), SAME, "data desk", "same phone number", AT)
    assert [(d.left_id, d.right_id, d.said) for d in standing(ledger)] == [("Pa", "Pb", SAME)]
    assert current_snapshot(ledger).snapshot_id != before
    decide(ledger, ("Pa", "Pb"), DIFFERENT, "data desk", "two plants", AT)
    decide(ledger, ("Pa", "Pb"), WITHDRAWN, "data desk", "asked again", AT)
    assert (standing(ledger), len(history(ledger))) == ([], 3)
    assert current_snapshot(ledger).snapshot_id == before
    assert ledger.verify() == []


@pytest.mark.parametrize(
    ("pair", "said", "by", "why"),
    [(("Pa", "Pa"), SAME, "desk", "x"), (("Pa", "Pb"), SAME, " ", "x"), (("Pa", "Pb"), WITHDRAWN, "desk", "x")],
)
def test_decisions_without_sense_are_refused(
    tmp_path: Path, pair: tuple[str, str], said: str, by: str, why: str
) -> None:
    ledger = Ledger.open(Settings(tmp_path, f"sqlite:///{tmp_path}/ledger.sqlite"))
    with pytest.raises(DecisionRefused):
        decide(ledger, pair, said, by, why, AT)
    assert history(ledger) == []

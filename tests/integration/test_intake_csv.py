"""What becomes of CSV deliveries: each guard is shown refusing."""

import csv
import gzip
from pathlib import Path

import duckdb
import pytest

from ingestion.deliver import deliver
from ingestion.intake import drain
from tests.conftest import AT, home
from warehouse.ledger import Delivery
from warehouse.policy import load_policy
from warehouse.settings import Settings

HEADER = "request_id,entity_id,period_start,period_end,sent_at"
ROW = "r{0},C{0},2025-01-01,2025-12-31,2026-01-02"
ROWS = "\n".join([HEADER, *(ROW.format(n) for n in range(1, 4))]) + "\n"
ANSWERS = "entity_id,question_id,value,unit,value_state,data_tier,period_start,period_end\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return home(tmp_path / "home")


def send(settings: Settings, content: bytes | str, name: str = "file.csv", source: str = "survey_requests") -> Delivery:
    file = settings.home.parent / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    deliver(settings, [file], source, "office")
    return drain(settings, source, AT)[-1]


def codes(delivery: Delivery) -> list[str]:
    return [reason.code for reason in delivery.reasons]


def landed(settings: Settings, delivery: Delivery, sql: str) -> list[tuple[object, ...]]:
    path = settings.home / delivery.tables[0].path
    return duckdb.sql(sql.format(f"read_parquet('{path}')")).fetchall()


def test_good_rows_are_accepted_typed_and_named_by_line(settings: Settings) -> None:
    delivery = send(settings, ROWS)
    assert (delivery.outcome, delivery.rows_in, delivery.rows_accepted, delivery.periods) == (
        "accepted",
        3,
        3,
        ("2025",),
    )
    query = (
        "select request_id, sent_at::varchar, delivery_id, row_number, source_ref from {} order by row_number limit 1"
    )
    assert landed(settings, delivery, query) == [("r1", "2026-01-02", delivery.delivery_id, 1, "line 2")]


def test_a_shuffled_header_is_read_by_name(settings: Settings) -> None:
    lines = [",".join(reversed(line.split(","))) for line in ROWS.splitlines()]
    delivery = send(settings, "\n".join(lines))
    assert delivery.outcome == "accepted"
    assert landed(settings, delivery, "select distinct period_end::varchar from {}") == [("2025-12-31",)]


def test_an_unknown_column_is_kept_and_warned_about(settings: Settings) -> None:
    delivery = send(settings, "".join(f"{line},x\n" for line in ROWS.splitlines()))
    assert (delivery.outcome, codes(delivery)) == ("accepted_with_warnings", ["unknown_column"])
    kept = settings.landing / "survey_requests" / delivery.delivery_id / "requests.unknown_columns.parquet"
    assert duckdb.sql(f"select count(*) from read_parquet('{kept}')").fetchall() == [(3,)]


def test_a_file_that_cannot_be_trusted_is_rejected_and_nothing_lands(settings: Settings) -> None:
    delivery = send(settings, gzip.compress(ROWS.encode())[:-9])
    assert (delivery.outcome, codes(delivery), delivery.tables) == ("rejected", ["damaged_gzip"], ())
    assert not list(settings.landing.rglob("*.parquet"))
    assert send(settings, ROWS).outcome == "accepted"


def test_rows_that_cannot_be_read_are_quarantined_beside_the_sound_ones(settings: Settings) -> None:
    bad = b"r4,C4,2025-01-01\nr5,\xe4,2025-01-01,2025-12-31,2026-01-02\n" + f"r6,{'x' * 40_000},,,\n".encode()
    delivery = send(settings, ROWS.encode() + bad)
    assert (delivery.outcome, delivery.rows_in, delivery.rows_accepted) == ("partly_quarantined", 6, 3)
    assert sorted(codes(delivery)) == ["cell_too_long", "ragged_row", "undecodable"]


def test_every_broken_rule_is_named_and_the_row_is_counted_once(settings: Settings) -> None:
    delivery = send(settings, ROWS + "r4,,2025-01-01,31.12.2025,2026-02-30\n")
    assert (delivery.rows_in, delivery.rows_accepted, delivery.rows_quarantined) == (4, 3, 1)
    found = {(reason.code, reason.field, reason.row) for reason in delivery.reasons}
    assert found == {("missing_value", "entity_id", 4), ("not_a_date", "period_end", 4), ("not_a_date", "sent_at", 4)}


def test_contradicting_rows_all_stay_out_and_a_repeated_row_counts_once(settings: Settings) -> None:
    again = ROWS + ROW.format(1) + "\n" + ROW.format(2).replace("2026-01-02", "2026-01-03") + "\n"
    delivery = send(settings, again)
    assert (delivery.rows_in, delivery.rows_accepted, delivery.rows_quarantined) == (5, 2, 3)
    assert {reason.code: reason.count for reason in delivery.reasons} == {"contradicting_rows": 2, "repeated_row": 1}
    assert landed(settings, delivery, "select request_id from {} order by 1") == [("r1",), ("r3",)]


def test_the_findings_hold_no_formula(settings: Settings) -> None:
    delivery = send(settings, ROWS + "r4,C4,=1+1,2025-12-31,2026-01-02\n")
    with (settings.landing / "survey_requests" / delivery.delivery_id / "findings.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["found"] for row in rows] == ["'=1+1"]


GRAMMAR = (
    ("12,parsecs,value,2", "unknown_unit"),
    ("1.234,t,value,2", None),
    ('"1,234.5",t,value,2', "not_a_number"),
    ("nan,t,value,2", "not_a_number"),
    ("1_000,t,value,2", "not_a_number"),
    ("１２,t,value,2", "not_a_number"),
    ("1e400,t,value,2", "not_a_number"),
    ("<5,t,value,2", "not_a_number"),
    ("k.A.,t,value,2", "missing_value"),
    ("5,t,zero,2", "state_contradicts_value"),
    ("0,t,zero,2", None),
    (",,unknown,2", None),
    ("7,,value,6", "out_of_range"),
    ("7,,maybe,1", "unknown_code"),
)


def test_an_answer_is_a_closed_grammar(settings: Settings) -> None:
    rows = [f"C1,q{n},{cells},2025-01-01,2025-12-31\n" for n, (cells, _) in enumerate(GRAMMAR, start=1)]
    delivery = send(settings, ANSWERS + "".join(rows), source="supplier_survey")
    quarantine = settings.landing / "supplier_survey" / delivery.delivery_id / "quarantine.parquet"
    found = dict(duckdb.sql(f"select row_number, code from read_parquet('{quarantine}')").fetchall())
    assert found == {n: code for n, (_, code) in enumerate(GRAMMAR, start=1) if code}
    assert delivery.rows_in == delivery.rows_accepted + delivery.rows_quarantined == len(GRAMMAR)


def test_a_sender_speaks_for_its_own_entities_only(settings: Settings) -> None:
    settings.home.mkdir()
    settings.policy_file.write_text("senders: {office: [C1, C3]}\n")
    rows = [f"C{n},scope1_t,{n},t,value,1,2025-01-01,2025-12-31\n" for n in (1, 2, 3)]
    delivery = send(settings, ANSWERS + "".join(rows), source="supplier_survey")
    assert (delivery.outcome, delivery.rows_accepted, delivery.rows_quarantined) == ("partly_quarantined", 2, 1)
    assert [(r.code, r.row, r.field) for r in delivery.reasons] == [("sender_not_entitled", 2, "entity_id")]


@pytest.mark.parametrize(("senders", "entities"), [
    ("{}", None), ("{office: ['*']}", None), ("{other: [C1]}", ("office",)), ("{office: [C1]}", ("C1",)),
])  # fmt: skip
def test_whom_a_sender_speaks_for(settings: Settings, senders: str, entities: tuple[str, ...] | None) -> None:
    settings.home.mkdir()
    settings.policy_file.write_text(f"senders: {senders}\n")
    assert load_policy(settings).spoken_for("office") == entities


def test_a_policy_that_cannot_be_read_holds_the_delivery_and_says_so(settings: Settings) -> None:
    settings.home.mkdir()
    settings.policy_file.write_text("sender: {}\n")
    delivery = send(settings, ROWS)
    assert (delivery.outcome, codes(delivery)) == ("held", ["policy_unusable"])
    assert "unknown entry sender" in delivery.reasons[0].message

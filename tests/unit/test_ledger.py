"""The ledger keeps everything, in order, and shows when somebody touched it."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from warehouse.ledger import Delivery, Ledger, Reason, UnknownDelivery
from warehouse.ledger.chain import remember_head
from warehouse.ledger.entries import digest
from warehouse.settings import Settings

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
FIELDS = ("at", "step", "subject", "source", "receipt_key", "payload", "previous", "hash")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path, f"sqlite:///{tmp_path / 'ledger.sqlite'}")


def receive(ledger: Ledger, name: str, sha256: str) -> Delivery:
    return ledger.receive("trade_data", "office", name, f"key of {name}", sha256, 3, AT)


def tamper(settings: Settings, statement: str) -> int:
    with sqlite3.connect(settings.home / "ledger.sqlite") as connection:
        connection.execute("drop trigger ledger_no_update")
        connection.execute("drop trigger ledger_no_delete")
        return connection.execute(statement).rowcount


def test_the_same_bytes_again_are_a_duplicate_and_both_names_stay(settings: Settings) -> None:
    ledger = Ledger.open(settings)
    first, second, third = (receive(ledger, name, "aa") for name in ("a.csv", "b.csv", "c.csv"))
    assert first.outcome == "received"
    assert [second.outcome, third.outcome] == ["duplicate", "duplicate"]
    assert second.duplicate_of == third.duplicate_of == first.delivery_id
    assert [d.file_name for d in ledger.deliveries()] == ["a.csv", "b.csv", "c.csv"]
    assert len({d.delivery_id for d in ledger.deliveries()}) == 3


def test_of_eight_workers_with_the_same_bytes_exactly_one_is_first(settings: Settings) -> None:
    Ledger.open(settings)
    with ThreadPoolExecutor(8) as pool:
        received = list(pool.map(lambda n: receive(Ledger.open(settings), f"{n}.csv", "aa"), range(8)))
    assert sorted(d.outcome for d in received) == ["duplicate"] * 7 + ["received"]
    assert Ledger.open(settings).verify() == []


def test_the_newest_entry_of_a_delivery_counts_and_keeps_its_reasons(settings: Settings) -> None:
    ledger = Ledger.open(settings)
    delivery = receive(ledger, "a.csv", "aa")
    reason = Reason("bad_unit", "unit 'furlong' is not known", "use km", row=7, field="unit")
    ledger.finish(replace(delivery, outcome="rejected", rows_in=9, rows_quarantined=9, reasons=(reason,)), AT)
    assert ledger.delivery(delivery.delivery_id).reasons == (reason,)
    assert ledger.deliveries(outcome="rejected")[0].rows_in == 9
    assert ledger.deliveries(outcome="received") == []


def test_an_unknown_delivery_is_named(settings: Settings) -> None:
    with pytest.raises(UnknownDelivery, match="no delivery abc"):
        Ledger.open(settings).delivery("abc")


@pytest.mark.parametrize("field", FIELDS)
def test_a_changed_field_of_any_entry_is_found(settings: Settings, field: str) -> None:
    ledger = Ledger.open(settings)
    for name in ("a", "b", "c"):
        receive(ledger, name, name)
    assert ledger.verify() == []
    assert tamper(settings, f"update ledger_entries set {field} = 'forged' where seq = 2") == 1
    assert ledger.verify()


@pytest.mark.parametrize("seq", [1, 2, 3])
def test_a_removed_entry_is_found_also_at_the_end(settings: Settings, seq: int) -> None:
    ledger = Ledger.open(settings)
    for name in ("a", "b", "c"):
        receive(ledger, name, name)
    assert tamper(settings, f"delete from ledger_entries where seq = {seq}") == 1
    assert ledger.verify()


@pytest.mark.parametrize("statement", ["update ledger_entries set at = ''", "delete from ledger_entries"])
def test_the_database_itself_refuses_to_change_entries(settings: Settings, statement: str) -> None:
    receive(Ledger.open(settings), "a", "a")
    with sqlite3.connect(settings.home / "ledger.sqlite") as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(statement)


def test_keys_with_the_same_concatenation_differ() -> None:
    assert digest("ab", "c") != digest("a", "bc")


def test_a_late_writer_does_not_set_the_head_back(tmp_path: Path) -> None:
    head = tmp_path / "ledger.head"
    for seq in (1, 3, 2):
        remember_head(head, seq, f"hash{seq}")
    assert head.read_text(encoding="ascii") == "3 hash3\n"
    head.write_text("broken", encoding="ascii")
    remember_head(head, 4, "hash4")
    assert head.read_text(encoding="ascii") == "4 hash4\n"


def test_an_older_ledger_gets_its_lookups_filled_when_it_is_opened(settings: Settings) -> None:
    ledger = Ledger.open(settings)
    for number in range(3):
        delivery = ledger.receive("survey", "s", f"{number}.csv", f"key{number}", f"{number}" * 64, 1, AT)
        if number:
            ledger.finish(replace(delivery, outcome="accepted"), AT)
    ledger.receive("survey", "s", "again.csv", "key3", "1" * 64, 1, AT)
    with sqlite3.connect(settings.home / "ledger.sqlite") as connection:
        connection.execute("drop table ledger_arrivals")
        connection.execute("drop table ledger_unfinished")
    opened = Ledger.open(settings)
    assert opened.known("survey", ["key0", "key3", "key9"]) == {"key0", "key3"}
    assert opened.known("other", ["key0"]) == set()
    assert [d.file_name for d in opened.unfinished("survey")] == ["0.csv"]
    assert opened.verify() == []

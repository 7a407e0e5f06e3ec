"""From a file to a release: which run starts which, and what happens when events are lost.

The intake is the real one. Build, gate and release only note that they were called; they have tests of their own.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from airflow.models import Trigger
from airflow.models.asset import AssetEvent, AssetModel
from airflow.triggers.base import TriggerEvent
from airflow.utils.session import create_session
from sqlalchemy import select

from console import line
from console.line import GateRefused
from tests.dags.network import Network

INBOX = "inbox.company_register"
INGEST = "ingest__company_register"


def events(asset: str) -> list[AssetEvent]:
    """Return the events of an asset, each with the runs that took it up."""
    with create_session() as session:
        found = (
            session.scalars(
                select(AssetEvent)
                .join(AssetModel, AssetModel.id == AssetEvent.asset_id)
                .where(AssetModel.name == asset)
            )
            .unique()
            .all()
        )
        return [event for event in found if event.created_dagruns is not None]


def stranded(asset: str) -> int:
    """Return how many events of an asset no run has taken up."""
    return sum(not event.created_dagruns for event in events(asset))


def fire() -> None:
    """Do what the triggerer does when the watcher of the inbox fires."""
    with create_session() as session:
        watched = next(t.id for t in session.scalars(select(Trigger)) if [a.name for a in t.assets] == [INBOX])
    Trigger.submit_event(trigger_id=watched, event=TriggerEvent({"files": 1}))


@pytest.fixture
def blind(network: Network, monkeypatch: pytest.MonkeyPatch) -> Network:
    """A network whose watchers see nothing."""
    monkeypatch.setattr(network.airflow, "look", lambda: 0)
    return network


def test_a_file_in_an_inbox_becomes_a_release_of_its_period(network: Network) -> None:
    network.drop("a.csv", year=2024)
    ingest, publish = network.pump()
    assert (ingest.dag_id, ingest.tasks) == (INGEST, {"land": "success"})
    assert (publish.dag_id, publish.partition_key) == ("publish_kpis", "2024")
    assert network.calls == [
        ("build", "2024"), ("gate", "candidate-2024"), ("publish", ("candidate-2024", None)),
    ]  # fmt: skip


def test_each_reporting_period_has_a_run_of_its_own(network: Network) -> None:
    network.drop("a.csv", year=2023)
    network.drop("b.csv", year=2024)
    assert sorted(run.partition_key or "" for run in network.pump("publish_kpis")) == ["2023", "2024"]


def test_an_event_without_a_new_file_starts_nothing_further(network: Network) -> None:
    landings = len(events("landing.company_register"))
    fire()
    (ingest,) = network.pump()
    assert ingest.tasks == {"land": "skipped"}
    assert len(events("landing.company_register")) == landings


def test_the_last_of_several_inboxes_starts_the_build(network: Network) -> None:
    network.drop("a.csv")
    network.drop("unreadable.bin", source="trade_data")
    runs = network.pump()
    assert [run.dag_id for run in runs].count("publish_kpis") == 1
    assert [run.tasks for run in runs if run.dag_id != "publish_kpis"] == [{"land": "success"}] * 2
    assert network.landed() == {"a.csv", "unreadable.bin"}


def test_many_events_before_one_pass_strand_and_nothing_is_lost(blind: Network) -> None:
    before = stranded(INBOX)
    for number in range(3):
        blind.drop(f"{number}.csv")
        fire()
    assert [run.dag_id for run in blind.pump()] == [INGEST, "publish_kpis"]
    assert blind.landed() == {"0.csv", "1.csv", "2.csv"}
    if stranded(INBOX) == before:
        pytest.skip("this Airflow strands no events any more; the rule that an event only means 'look' stays")
    assert stranded(INBOX) == before + 2


def test_a_file_whose_event_was_lost_is_found_by_the_sweep(blind: Network) -> None:
    seen = len(events(INBOX))
    blind.drop("lost.csv", year=2022)
    assert blind.pump() == []
    assert len(events(INBOX)) == seen, "the event was not lost, so this test would prove nothing"
    assert blind.landed() == set()
    blind.airflow.trigger("sweep_inbox")
    runs = {run.dag_id: run for run in blind.pump()}
    assert runs["sweep_inbox"].tasks == {"sweep": "success"}
    assert runs["publish_kpis"].partition_key == "2022"
    assert blind.landed() == {"lost.csv"}


def test_a_sweep_with_nothing_to_do_starts_nothing(network: Network) -> None:
    network.airflow.trigger("sweep_inbox")
    (swept,) = network.pump()
    assert swept.tasks == {"sweep": "skipped"}


def test_nothing_to_build_skips_gate_and_release(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line, "build", lambda period, again: None)
    network.drop("a.csv")
    (run,) = network.pump("publish_kpis")
    assert run.state == "success"
    assert set(run.tasks.values()) == {"skipped"}


def test_a_refused_candidate_is_not_published(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(candidate_id: str) -> dict[str, Any]:
        raise GateRefused(candidate_id)

    monkeypatch.setattr(line, "gate", refuse)
    network.drop("a.csv")
    (run,) = network.pump("publish_kpis")
    assert run.tasks == {"build": "success", "gate": "failed", "release": "upstream_failed"}
    assert network.called("publish") == []


@pytest.fixture
def with_approval(network: Network) -> Iterator[Network]:
    """A network whose policy asks a person."""
    network.settings.home.mkdir(parents=True, exist_ok=True)
    network.settings.policy_file.write_text("approval_required: true\n")
    network.airflow.read_dag_files()
    yield network
    network.settings.policy_file.unlink()
    network.airflow.read_dag_files()


def test_a_person_approves_and_the_release_says_who(with_approval: Network) -> None:
    with_approval.drop("a.csv")
    (waiting,) = with_approval.pump("publish_kpis")
    assert (waiting.tasks["approve"], waiting.tasks["release"]) == ("awaiting_input", "None")
    assert with_approval.called("publish") == []
    assert with_approval.airflow.answer(waiting, "Approve") == 200
    with_approval.pump()
    assert with_approval.called("publish") == [("candidate-2024", "admin")]


def test_a_rejected_candidate_is_not_published(with_approval: Network) -> None:
    with_approval.drop("a.csv")
    (waiting,) = with_approval.pump("publish_kpis")
    assert with_approval.airflow.answer(waiting, "Reject") == 200
    with_approval.pump()
    (rejected,) = [run for run in with_approval.airflow.runs() if run.run_id == waiting.run_id]
    assert (rejected.tasks["approve"], rejected.tasks["release"]) == ("success", "skipped")
    assert with_approval.called("publish") == []

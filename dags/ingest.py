"""One ingest DAG per source declaration: a file arrives, one task lands everything that waits."""

from typing import Any

from airflow.sdk import dag, task
from airflow.sdk.exceptions import AirflowSkipException
from network_assets import inbox, landing

from console import line
from ingestion.declarations import declarations


def ingest(source: str) -> None:
    """Declare the DAG of one source."""
    landed = landing(source)

    # No `max_active_runs=1`: it strands events. Two runs at once are harmless, the ledger lets one of them land a file.
    @dag(dag_id=f"ingest__{source}", schedule=[inbox(source)], catchup=False, tags=["ingest"])
    def ingest_source() -> None:
        @task(outlets=[landed], retries=0)
        def land(outlet_events: Any = None) -> dict[str, Any]:
            done = line.land(source)
            if not done["outcomes"] and not done["periods"]:
                raise AirflowSkipException("nothing waited")
            outlet_events[landed].add_partitions(done["periods"])
            return done

        land()

    ingest_source()


for name in declarations():
    ingest(name)

"""Every five minutes, without any event: land what waits, resume what is unfinished.

The first sweep runs at once: events from before a DAG was known are skipped by its first run.
"""

from typing import Any

from airflow.sdk import CronTriggerTimetable, dag, task
from airflow.sdk.exceptions import AirflowSkipException
from network_assets import SWEPT

from console import line

EVERY_FIVE_MINUTES = CronTriggerTimetable("*/5 * * * *", timezone="UTC", run_immediately=True)


# One run at a time is right here: this DAG is started by the clock, so there is no event to strand.
@dag(schedule=EVERY_FIVE_MINUTES, catchup=False, max_active_runs=1, tags=["ingest"])
def sweep_inbox() -> None:
    """Find every delivery whose event was lost."""

    @task(outlets=[SWEPT], retries=0)
    def sweep(outlet_events: Any = None) -> dict[str, Any]:
        done = line.sweep()
        if not done["outcomes"] and not done["periods"]:
            raise AirflowSkipException("nothing waited")
        outlet_events[SWEPT].add_partitions(done["periods"])
        return done

    sweep()


sweep_inbox()

"""Build, judge, approve and publish, for each reporting period in which something landed."""

from functools import reduce
from operator import or_
from typing import Any

from airflow.providers.standard.operators.hitl import ApprovalOperator
from airflow.sdk import PartitionedAssetTimetable, dag, task
from airflow.sdk.exceptions import AirflowSkipException
from network_assets import CANDIDATE, RELEASE, SWEPT, landing

from console import line
from ingestion.declarations import declarations
from warehouse.policy import load_policy
from warehouse.settings import Settings

# One slot, so one writer; `upstream` lets a run that has built finish before the next one builds.
WRITER: dict[str, Any] = {"pool": "warehouse_writer", "retries": 0, "weight_rule": "upstream"}
# "or", and `build` checks completeness: "and" re-arms, so a correction of one source would never run its period again.
ANY_LANDING = reduce(or_, [landing(source) for source in declarations()], SWEPT)


@dag(schedule=PartitionedAssetTimetable(assets=ANY_LANDING), catchup=False, tags=["publish"])
def publish_kpis() -> None:
    """From what has landed to a release; XCom carries ids and counts only."""

    @task(outlets=[CANDIDATE], **WRITER)
    def build(dag_run: Any = None) -> dict[str, Any]:
        candidate = line.build(dag_run.partition_key, again=dag_run.run_type == "manual")
        if candidate is None:
            raise AirflowSkipException("nothing to build")
        return candidate

    @task(**WRITER)
    def gate(candidate: dict[str, Any]) -> dict[str, Any]:
        return line.gate(candidate["candidate_id"])

    @task(outlets=[RELEASE], **WRITER)
    def release(candidate: dict[str, Any], answer: dict[str, Any] | None = None) -> dict[str, Any]:
        if line.embargoed():
            raise AirflowSkipException("embargo: a sweep after its end releases the candidate")
        return line.publish(candidate["candidate_id"], answer and answer["responded_by_user"]["name"])

    candidate = build()
    verdict = gate(candidate)
    if load_policy(Settings.from_env()).approval_required:
        approve = ApprovalOperator(
            task_id="approve",
            retries=0,
            subject="Release candidate {{ ti.xcom_pull(task_ids='build')['candidate_id'] }}?",
            body="The gate has passed it: {{ ti.xcom_pull(task_ids='gate') }}",
        )
        verdict >> approve >> release(candidate, approve.output)
    else:
        verdict >> release(candidate)


publish_kpis()

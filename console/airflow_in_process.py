"""The same DAG files, conditions and partitions in one process: no server, no port, metadata in a temporary folder.

`liefernetz demo --no-ui` and the tests use it. Runs are created by the scheduler's own code, so asset conditions,
partitions, pools and priorities are real; only the processes are missing. This needs private methods of Airflow, all
of them in this file, which is why the version is pinned to 3.3.
"""

import asyncio
import atexit
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

from console.airflow_settings import USER, WRITER_POOL, in_process_settings
from warehouse.settings import PROJECT, Settings

# Airflow reads its configuration while it is imported, so the environment comes first.
_HOME = Path(tempfile.mkdtemp(prefix="liefernetz-airflow-"))
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)
os.environ.update(in_process_settings(_HOME, PROJECT / "dags"))

from airflow._shared.module_loading import import_string  # noqa: E402
from airflow.api.common.trigger_dag import trigger_dag  # noqa: E402
from airflow.dag_processing.bundles.manager import DagBundlesManager  # noqa: E402
from airflow.dag_processing.dagbag import BundleDagBag, sync_bag_to_db  # noqa: E402
from airflow.executors.base_executor import BaseExecutor  # noqa: E402
from airflow.jobs.job import Job  # noqa: E402
from airflow.jobs.scheduler_job_runner import SchedulerJobRunner  # noqa: E402
from airflow.models import DagModel, DagRun, Pool, Trigger  # noqa: E402
from airflow.models.asset_state_store import AssetStateStoreModel  # noqa: E402
from airflow.sdk.execution_time.supervisor import run_task_in_process  # noqa: E402
from airflow.serialization.decoders import smart_decode_trigger_kwargs  # noqa: E402
from airflow.triggers.base import TriggerEvent  # noqa: E402
from airflow.utils import db  # noqa: E402
from airflow.utils.session import create_session  # noqa: E402
from airflow.utils.state import TaskInstanceState  # noqa: E402
from airflow.utils.types import DagRunTriggeredByType  # noqa: E402
from sqlalchemy import select  # noqa: E402

Progress = Callable[[str], None]
_Watched = tuple[int, str, str, int]
_MOST_PASSES = 300
FINISHED = ("success", "failed")


@dataclass(frozen=True)
class RunSummary:
    """One DAG run: which, for which reporting period, and how it and its tasks ended."""

    dag_id: str
    run_id: str
    partition_key: str | None
    state: str
    tasks: dict[str, str]

    @property
    def rests(self) -> bool:
        """Tell whether nothing happens any more without a person."""
        return self.state in FINISHED or "awaiting_input" in self.tasks.values()


class _StateStore:
    """What the triggerer gives a trigger to remember by: the asset's own rows in the metadata database."""

    def __init__(self, asset_id: int) -> None:
        self._asset_id = asset_id

    async def aget(self, key: str, default: str) -> str:
        with create_session() as session:
            found = session.get(AssetStateStoreModel, (self._asset_id, key))
            return found.value if found else default

    async def aset(self, key: str, value: str) -> None:
        with create_session() as session:
            session.merge(AssetStateStoreModel(asset_id=self._asset_id, key=key, value=value))


class _InlineExecutor(BaseExecutor):  # type: ignore[misc]
    """Runs each task in this process, at once."""

    def __init__(self) -> None:
        super().__init__(parallelism=4)
        self.tasks: dict[tuple[str, str], Any] = {}

    def _process_workloads(self, workload_items: Any) -> None:
        for workload in workload_items:
            key = workload.ti.key
            self.queued_tasks.pop(key)
            self.running.add(key)
            run_task_in_process(ti=workload.ti, task=self.tasks[key.dag_id, key.task_id])
            self.change_state(key, TaskInstanceState.SUCCESS)


class InProcessAirflow:
    """Metadata database, parsed DAG files, scheduler and triggerer of one process; use `in_process_airflow()`."""

    def __init__(self) -> None:
        """Create the metadata database and read the DAG files."""
        db.initdb()
        with create_session() as session:
            job = Job(job_type=SchedulerJobRunner.job_type)
            session.add(job)
            Pool.create_or_update_pool(WRITER_POOL, 1, "one writer", False, session=session)
        DagBundlesManager().sync_bundles_to_db()
        self._executor = _InlineExecutor()
        self.scheduler = SchedulerJobRunner(job=job, executors=[self._executor])
        self.read_dag_files()

    def read_dag_files(self) -> None:
        """Read the DAG files as the DAG processor does; again, when the policy they depend on has changed."""
        folder = Path(os.environ["AIRFLOW__CORE__DAGS_FOLDER"])
        self.bag = BundleDagBag(dag_folder=folder, bundle_path=folder, bundle_name="dags-folder")
        if self.bag.import_errors:
            raise RuntimeError(f"DAG files do not load: {self.bag.import_errors}")
        self._executor.tasks = {(d.dag_id, t.task_id): t for d in self.bag.dags.values() for t in d.tasks}
        sync_bag_to_db(self.bag, "dags-folder", None)
        self.scheduler._update_asset_orphanage()
        with create_session() as session:
            # The clock starts nothing here: whoever pumps also decides when to sweep.
            session.get_one(DagModel, "sweep_inbox").next_dagrun_create_after = None

    def look(self) -> int:
        """Let every watcher look at its inbox; return how many fired."""
        with create_session() as session:
            triggers = [t for t in session.scalars(select(Trigger)) if t.assets]
            watched = [(t.id, t.classpath, t.encrypted_kwargs, t.assets[0].id) for t in triggers]
        return asyncio.run(_watch_all(watched))

    def schedule(self) -> int:
        """Make one pass of the scheduler and run what it queued; return how many tasks that were."""
        with create_session() as session:
            queued = self.scheduler._do_scheduling(session)
            session.expunge_all()
        self._executor.heartbeat()
        with create_session() as session:
            self.scheduler._process_executor_events(executor=self._executor, session=session)
        return int(queued)

    def pump(self, progress: Progress | None = None) -> list[RunSummary]:
        """Look and schedule until nothing fires and nothing moves; return the runs that came of it."""
        known = {run.run_id for run in self.runs() if run.rests}
        told = set(known)
        for _ in range(_MOST_PASSES):
            queued = self.schedule()
            runs = self.runs()
            for run in runs:
                if progress and run.run_id not in told and run.state in FINISHED:
                    told.add(run.run_id)
                    progress(" ".join(filter(None, [run.dag_id, run.partition_key, run.state])))
            if not queued and all(run.rests for run in runs) and not self.look():
                return [run for run in runs if run.run_id not in known]
        moving = [run for run in runs if not run.rests]
        raise RuntimeError(f"the line did not come to rest in {_MOST_PASSES} passes of the scheduler: {moving}")

    def trigger(self, dag_id: str, partition_key: str | None = None) -> None:
        """Start a DAG by hand, as the button in the web interface does."""
        with create_session() as session:
            trigger_dag(
                dag_id,
                triggered_by=DagRunTriggeredByType.TEST,
                run_id=f"manual__{uuid4()}",
                partition_key=partition_key,
                session=session,
            )

    def answer(self, run: RunSummary, option: str) -> int:
        """Answer an approval through the door a person uses; return the HTTP status."""
        from airflow.api_fastapi.app import create_app, get_auth_manager
        from airflow.api_fastapi.auth.managers.simple.user import SimpleAuthManagerUser
        from fastapi.testclient import TestClient

        app = create_app(apps="core")
        token = get_auth_manager().generate_jwt(SimpleAuthManagerUser(username=USER, role="admin"))
        task = f"/api/v2/dags/{run.dag_id}/dagRuns/{run.run_id}/taskInstances/approve/-1/hitlDetails"
        with TestClient(app, headers={"Authorization": f"Bearer {token}"}) as client:
            return int(client.patch(task, json={"chosen_options": [option], "params_input": {}}).status_code)

    def runs(self) -> list[RunSummary]:
        """Return every run so far, oldest first."""
        with create_session() as session:
            return [
                RunSummary(
                    run.dag_id,
                    run.run_id,
                    run.partition_key,
                    str(run.state),
                    {ti.task_id: str(ti.state) for ti in run.get_task_instances(session=session)},
                )
                for run in session.scalars(select(DagRun).order_by(DagRun.id))
            ]


async def _watch_all(watching: list[_Watched]) -> int:
    return sum(await asyncio.gather(*[_watch(*watched) for watched in watching]))


async def _watch(trigger_id: int, classpath: str, kwargs: str, asset_id: int) -> int:
    """Do what one round of the trigger's own loop does."""
    decoded = {k: smart_decode_trigger_kwargs(v) for k, v in Trigger._decrypt_kwargs(kwargs).items()}
    trigger = import_string(classpath)(**decoded)
    trigger.asset_state_store = _StateStore(asset_id)
    seen = await trigger.look()
    if not await trigger.is_new(seen):
        return 0
    Trigger.submit_event(trigger_id=trigger_id, event=TriggerEvent({"files": seen.files}))
    await trigger.remember(seen)
    return 1


@cache
def in_process_airflow() -> InProcessAirflow:
    """Return the one Airflow of this process; it takes some seconds the first time."""
    return InProcessAirflow()


def run_line(settings: Settings, progress: Progress | None = None) -> list[RunSummary]:
    """Let everything happen that the files in the inbox cause, and return the runs."""
    os.environ["LIEFERNETZ_HOME"] = str(settings.home)
    return in_process_airflow().pump(progress)

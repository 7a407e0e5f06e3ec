"""A network for tests of the DAGs: a home of its own, the one Airflow, and tiny deliveries."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from console.airflow_in_process import InProcessAirflow, RunSummary
from warehouse.ledger import Ledger
from warehouse.settings import Settings

HEADER = "entity_id,name,entity_type,country,nace,headcount,currency,fiscal_year_start,fiscal_year_end\n"


@dataclass
class Network:
    """A home, the one Airflow, and what the steps after landing were called with."""

    settings: Settings
    airflow: InProcessAirflow
    calls: list[tuple[str, Any]] = field(default_factory=list)

    def drop(self, name: str, year: int = 2024, source: str = "company_register") -> Path:
        """Put a tiny delivery into an inbox, without a word to anybody."""
        path = self.settings.inbox / source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        row = f"C-{name},Example,company,DE,10.1,12,EUR,{year}-01-01,{year}-12-31\n"
        path.write_text(HEADER + row, encoding="utf-8")
        return path

    def pump(self, dag_id: str = "") -> list[RunSummary]:
        """Let everything happen; return the runs that came of it, of one DAG if named."""
        return [run for run in self.airflow.pump() if dag_id in ("", run.dag_id)]

    def landed(self) -> set[str]:
        """Return the names of the files that the ledger knows."""
        return {delivery.file_name for delivery in Ledger.open(self.settings).deliveries()}

    def called(self, step: str) -> list[Any]:
        """Return the arguments of the calls of one step."""
        return [argument for name, argument in self.calls if name == step]

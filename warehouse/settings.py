"""Where everything lives: one folder for state, one for the project."""

import os
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Settings:
    """Paths and addresses of one network; every other module asks here and nowhere else."""

    home: Path
    ledger_url: str
    project: Path = PROJECT

    @classmethod
    def from_env(cls) -> "Settings":
        """Read `LIEFERNETZ_HOME` (default `warehouse/data`) and `LIEFERNETZ_LEDGER` (default SQLite in the home)."""
        home = Path(os.environ.get("LIEFERNETZ_HOME") or PROJECT / "warehouse" / "data").expanduser().resolve()
        ledger_url = os.environ.get("LIEFERNETZ_LEDGER") or f"sqlite:///{home / 'ledger.sqlite'}"
        return cls(home=home, ledger_url=ledger_url)

    @property
    def inbox(self) -> Path:
        """Where senders put files, one folder per source."""
        return self.home / "inbox"

    @property
    def archive(self) -> Path:
        """The bytes as received, named by their sha-256."""
        return self.home / "archive"

    @property
    def landing(self) -> Path:
        """Accepted rows as typed columns and quarantined rows with reasons, one folder per delivery."""
        return self.home / "landing"

    @property
    def work(self) -> Path:
        """Candidates and verdicts; nobody but the build opens these files for writing."""
        return self.home / "work"

    @property
    def releases(self) -> Path:
        """What was published: immutable folders and one pointer file."""
        return self.home / "releases"

    @property
    def policy_file(self) -> Path:
        """The private policy of the network (see `policy.py`)."""
        return self.home / "network.yml"

    @property
    def dbt_project(self) -> Path:
        """The dbt project: what the data mean."""
        return self.project / "dbt_project"

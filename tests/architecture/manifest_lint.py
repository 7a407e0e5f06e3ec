"""Rules of the dbt project, held against its manifest: names, grains, contracts, unit tests (see dbt-bouncer.yml)."""

import os
import sys
import tempfile
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]


def parse(target: Path) -> bool:
    """Let dbt write `manifest.json` into a folder of its own; no database is needed."""
    # Imported here: dbt takes seconds to import, and pytest collects this folder.
    from dbt.cli.main import dbtRunner

    project = str(ROOT / "dbt_project")
    outcome = dbtRunner().invoke(
        [
            "--quiet", "--no-use-colors", "--no-send-anonymous-usage-stats", "--log-path", str(target / "logs"),
            "parse", "--no-partial-parse", "--target-path", str(target), "--project-dir", project,
            "--profiles-dir", project,
        ]
    )  # fmt: skip
    if outcome.exception is not None:
        print(outcome.exception, file=sys.stderr)
    return bool(outcome.success)


def lint(target: Path) -> int:
    """Check the manifest with dbt-bouncer; return its exit code."""
    from dbt_bouncer.cli.run.utils import run_bouncer  # type: ignore[import-untyped]

    rules = yaml.safe_load((ROOT / "dbt-bouncer.yml").read_text(encoding="utf-8"))
    config = target / "dbt-bouncer.yml"
    config.write_text(yaml.safe_dump({"dbt_artifacts_dir": str(target), **rules}), encoding="utf-8")
    return int(run_bouncer(config_file=config))


def main() -> int:
    """Parse and check; 0 if every rule holds."""
    os.environ.setdefault("DO_NOT_TRACK", "1")
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder)
        return lint(target) if parse(target) else 1


if __name__ == "__main__":
    sys.exit(main())

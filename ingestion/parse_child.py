"""The child process that parses one delivery; forked by `parse_server`.

It hands over Parquet of text, the rows it could not read, an independent count, and what it recognised. It never
types a value and never sees the warehouse.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ingestion.sandbox import Limits, confine


def main(job_file: Path) -> int:
    """Confine this process, parse, and write `meta.json` beside the job."""
    job: dict[str, Any] = json.loads(job_file.read_text(encoding="utf-8"))
    confine(Limits(**job["limits"]))
    from ingestion.parsing import parse
    from ingestion.records import FileRefused

    try:
        meta = parse(job, job_file.parent)
    except FileRefused as refusal:
        meta = {"refused": vars(refusal)}
    except MemoryError:
        meta = {"refused": {"code": "too_large", "message": "the file needs more memory than a delivery may use",
                            "fix": "send the table in smaller files"}}  # fmt: skip
    (job_file.parent / "meta.json").write_text(json.dumps(meta), encoding="utf-8")
    return 0

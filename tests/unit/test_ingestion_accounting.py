"""Every row is accounted for: whatever arrives, rows in = accepted + quarantined, or the whole file is refused."""

import json
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.child_process import Parsed
from ingestion.declarations import declarations
from ingestion.landing import write_landing
from ingestion.parsing import parse
from ingestion.reader import reader_of
from ingestion.records import FileRefused
from ingestion.typed_rows import caged_connection, type_rows
from ingestion.typing_job import Typing
from warehouse.settings import PROJECT

SOURCE = declarations()["survey_requests"]
HEADER = "request_id,entity_id,period_start,period_end,sent_at\n"
CELL = st.sampled_from(
    ["r1", "r2", "C1", "2025-01-01", "2024-13-01", "", "-", '"a\nb"', '"a""b"', 'x"y', "é", "\ufffd", "=1", '"open']
)
LINE = st.one_of(
    st.just("r1,C1,2025-01-01,2025-12-31,2026-01-02"),
    st.lists(CELL, min_size=5, max_size=5).map(",".join),
    st.lists(CELL, min_size=0, max_size=7).map(",".join),
    st.text(alphabet="ab,\"\n\r'", max_size=12),
)
reached = {"read": 0, "refused": 0}


def account(content: str, folder: Path) -> tuple[int, int, int]:
    (folder / "sent").write_text(content, encoding="utf-8", newline="")
    meta = parse({"path": str(folder / "sent"), "source": SOURCE.name, "file_name": "f"}, folder)
    meta["unknown_columns"] = tuple(meta["unknown_columns"])
    parsed = Parsed(folder=folder, **json.loads(json.dumps(meta)))
    form = SOURCE.formats[parsed.format]
    typing = Typing(
        "d1", SOURCE.tables[parsed.table], form, reader_of(SOURCE.name).rules, PROJECT / "dbt_project/seeds"
    )
    with caged_connection(folder) as connection:
        type_rows(connection, typing, parsed)
        written = write_landing(connection, typing, folder / "landed", None)
    return parsed.counted, written.accepted, written.quarantined


@settings(max_examples=25, derandomize=True, deadline=None, database=None)
@given(st.lists(LINE, min_size=1, max_size=8), st.sampled_from(["\n", "\r\n"]))
def check_accounting(lines: list[str], end: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        try:
            counted, accepted, quarantined = account(HEADER + end.join(lines), Path(folder))
        except FileRefused:
            reached["refused"] += 1
            return
    reached["read"] += 1
    assert counted == accepted + quarantined


def test_rows_in_are_rows_accepted_plus_rows_quarantined() -> None:
    check_accounting()
    assert reached["read"] >= 5, reached
    assert reached["refused"] >= 1, reached

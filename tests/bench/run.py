"""`make bench`: performance as ratios measured in one run, because seconds differ from machine to machine.

Each line compares our step with a plain yardstick on the same data in the same run:

- intake of a BACI file: CPU seconds of taking it in (counted, typed, hashed, landed) by those of DuckDB's own COPY, once
  with rows that are all sound, once with one row in a thousand that needs care;
- counting its rows independently: CPU seconds by those of the same COPY;
- small deliveries: seconds of one survey with 50 answers by the seconds that starting one bare Python process takes;
- the ledger: what one more delivery costs after many by what it costs after ten.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from ingestion.deliver import deliver
from ingestion.formats.plain_text import plain_text
from ingestion.intake import drain
from ingestion.parse_pool import close_servers
from tests.bench.ledger_curve import curve
from warehouse.ledger import Delivery
from warehouse.settings import Settings

AT = datetime(2026, 1, 1, tzinfo=UTC)
_WHO = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
_ANSWERS = "entity_id,question_id,value,unit,value_state,data_tier,period_start,period_end\n"
_BACI = """
copy (
    select 2023 as t, 4 + i % 190 as i, 4 + (i * 7) % 190 as j, printf(if(i % {odd} = 1, '%05d', '%06d'), 10121 + (i * 31) % 5000 * 100 % 989999) as k,
        round(0.001 + (i * 37 % 100000) / 7.0, 3) as v, round(0.001 + (i * 17 % 100000) / 3.0, 3) as q
    from range({rows}) as r(i)
) to '{path}' (header)
"""
_COPY = """
copy (from read_csv('{path}', auto_detect = false, header = true, columns = {{'t': 'BIGINT', 'i': 'BIGINT',
    'j': 'BIGINT', 'k': 'VARCHAR', 'v': 'DECIMAL(28,9)', 'q': 'DECIMAL(28,9)'}})) to '{out}' (format parquet)
"""


def cpu_seconds() -> float:
    """Return CPU seconds of this process and its ended children."""
    return sum(usage.ru_utime + usage.ru_stime for usage in map(resource.getrusage, _WHO))


def measured(work: Callable[[], object]) -> tuple[float, float]:
    """Return wall-clock and CPU seconds of `work`."""
    wall, cpu = time.perf_counter(), cpu_seconds()
    work()
    close_servers()  # the time of a process counts once it has ended
    return time.perf_counter() - wall, cpu_seconds() - cpu


def big_file(folder: Path, rows: int, odd: int) -> list[dict[str, object]]:
    """Compare the intake of one large trade file, in which every `odd`th code lost a zero, with DuckDB's own COPY."""
    folder.mkdir()
    path = folder / "BACI_HS22_Y2023_V202501.csv"
    with duckdb.connect(config={"memory_limit": "1GB"}) as connection:
        connection.execute("set preserve_insertion_order = false")
        connection.execute(_BACI.format(rows=rows, path=path, odd=odd))
        _, copy_cpu = measured(lambda: connection.execute(_COPY.format(path=path, out=folder / "copy.parquet")))
    _, count_cpu = measured(lambda: plain_text(path, ",", b"0123456789.NA"))
    settings = Settings(folder / "home", f"sqlite:///{folder / 'home' / 'ledger.sqlite'}")
    deliver(settings, [path], "trade_data", "bench")
    taken: list[Delivery] = []
    wall, cpu = measured(lambda: taken.extend(drain(settings, "trade_data", at=AT)))
    shutil.rmtree(folder)
    what = f"intake of {rows:,} BACI rows, {rows // odd:,} need care"
    return [
        {"what": what, "ratio": round(cpu / copy_cpu, 2), "to": "DuckDB COPY, CPU seconds", "seconds": round(wall, 1),
         "cpu_seconds": round(cpu, 1), "outcome": taken[0].outcome, "rows_accepted": taken[0].rows_accepted,
         "peak_mb": max(resource.getrusage(who).ru_maxrss >> 10 for who in _WHO)},
        {"what": f"counting {rows:,} rows", "ratio": round(count_cpu / copy_cpu, 2), "to": "the same COPY"},
    ]  # fmt: skip


def small_files(folder: Path, files: int) -> dict[str, object]:
    """Compare one delivery of 50 survey answers with the start of one bare Python process."""
    bare, _ = measured(lambda: subprocess.run([sys.executable, "-S", "-c", ""], check=True))
    settings = Settings(folder / "many", f"sqlite:///{folder / 'many' / 'ledger.sqlite'}")
    paths = [folder / f"answers_{number}.csv" for number in range(files)]
    for number, path in enumerate(paths):
        answers = (f"C{number},Q{n},{n}.5,t,value,2,2025-01-01,2025-12-31\n" for n in range(50))
        path.write_text(_ANSWERS + "".join(answers))
    deliver(settings, paths, "supplier_survey", "bench")
    taken: list[Delivery] = []
    wall, cpu = measured(lambda: taken.extend(drain(settings, "supplier_survey", at=AT)))
    return {
        "what": f"{files} surveys of 50 answers", "ratio": round(wall / files / bare, 1),
        "to": "start of a bare Python process", "seconds": round(wall, 1), "cpu_ms_each": round(cpu / files * 1000),
        "deliveries_per_second": round(files / wall, 1), "accepted": sum(d.outcome == "accepted" for d in taken),
    }  # fmt: skip


def main() -> None:
    """Run the benchmark and print one line per comparison."""
    parser = argparse.ArgumentParser(description="ratios measured in one run")
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--files", type=int, default=100)
    parser.add_argument("--entries", type=int, default=30_000)
    parser.add_argument("--full", action="store_true", help="50 million rows, 10 000 files, a million entries")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if options.full:
        options.rows, options.files, options.entries = 50_000_000, 10_000, 1_000_000
        os.environ |= {"LIEFERNETZ_PARSE_CPU_SECONDS": "600", "LIEFERNETZ_PARSE_WALL_SECONDS": "900"}
    with tempfile.TemporaryDirectory(prefix="liefernetz-bench-") as folder:
        results = big_file(Path(folder) / "sound", options.rows, options.rows + 2)
        results += big_file(Path(folder) / "odd", options.rows, 1000)[:1]
        results.append(small_files(Path(folder), options.files))
        results.append(curve(Path(folder) / "ledger", options.entries))
    for result in results:
        print(json.dumps(result) if options.json else f"{result['what']}: {result['ratio']} × {result['to']} {result}")


if __name__ == "__main__":
    main()

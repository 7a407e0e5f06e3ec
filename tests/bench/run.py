"""`make bench`: performance as ratios measured in one run, because seconds differ from machine to machine.

Each line compares our step with a plain yardstick on the same data in the same run:

- intake of a BACI file: CPU seconds of taking it in (counted, typed, hashed, landed) by those of DuckDB's own COPY;
- small deliveries: seconds per delivery by the seconds that starting one bare Python process takes;
- the ledger: what one more delivery costs after many by what it costs after ten.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from ingestion.deliver import deliver
from ingestion.intake import drain
from ingestion.parse_pool import close_servers
from tests.bench.ledger_curve import curve
from warehouse.settings import Settings

AT = datetime(2026, 1, 1, tzinfo=UTC)
_BACI = """
copy (
    select 2023 as t, 4 + i % 190 as i, 4 + (i * 7) % 190 as j, printf('%06d', 10121 + (i * 31) % 5000 * 100 % 989999) as k,
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
    both = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in both)


def measured(work: Callable[[], object]) -> tuple[float, float]:
    """Return wall-clock and CPU seconds of `work`."""
    wall, cpu = time.perf_counter(), cpu_seconds()
    work()
    close_servers()  # the time of a process counts once it has ended
    return time.perf_counter() - wall, cpu_seconds() - cpu


def big_file(folder: Path, rows: int) -> dict[str, object]:
    """Compare the intake of one large trade file with DuckDB's own COPY."""
    path = folder / "BACI_HS22_Y2023_V202501.csv"
    with duckdb.connect() as connection:
        connection.execute("set preserve_insertion_order = false")
        connection.execute(_BACI.format(rows=rows, path=path))
        _, copy_cpu = measured(lambda: connection.execute(_COPY.format(path=path, out=folder / "copy.parquet")))
    settings = Settings(folder / "home", f"sqlite:///{folder / 'home' / 'ledger.sqlite'}")
    deliver(settings, [path], "trade_data", "bench")
    taken: list[object] = []
    wall, cpu = measured(lambda: taken.extend(drain(settings, "trade_data", at=AT)))
    return {
        "what": f"intake of {rows:,} BACI rows", "ratio": round(cpu / copy_cpu, 2), "to": "DuckDB COPY, CPU seconds",
        "seconds": round(wall, 1), "outcome": getattr(taken[0], "outcome", "none"),
    }  # fmt: skip


def small_files(folder: Path, files: int) -> dict[str, object]:
    """Compare one small delivery with the start of one bare Python process."""
    bare, _ = measured(lambda: subprocess.run([sys.executable, "-S", "-c", ""], check=True))
    settings = Settings(folder / "many", f"sqlite:///{folder / 'many' / 'ledger.sqlite'}")
    for number in range(files):
        path = folder / f"deflators_{number}.csv"
        path.write_text(f"country,year,index_2020,publisher\nDE,{2000 + number % 50},1.{number},synthetic\n")
        deliver(settings, [path], "context_data", "bench")
    wall, _ = measured(lambda: drain(settings, "context_data", at=AT))
    return {
        "what": f"{files} small deliveries", "ratio": round(wall / files / bare, 1), "to": "start of a bare Python process",
        "seconds": round(wall, 1), "deliveries_per_second": round(files / wall, 1),
    }  # fmt: skip


def main() -> None:
    """Run the benchmark and print one line per comparison."""
    parser = argparse.ArgumentParser(description="ratios measured in one run")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--files", type=int, default=50)
    parser.add_argument("--entries", type=int, default=30_000)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="liefernetz-bench-") as folder:
        results = [big_file(Path(folder), options.rows), small_files(Path(folder), options.files)]
        results.append(curve(Path(folder) / "ledger", options.entries))
    for result in results:
        print(json.dumps(result) if options.json else f"{result['what']}: {result['ratio']} × {result['to']} {result}")


if __name__ == "__main__":
    main()

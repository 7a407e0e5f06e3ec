"""Everything that promises.md fears in an inbox, delivered at once: each case ends as its manifest says, nothing else."""

import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ingestion.intake import drain, drain_all
from ingestion.parse_pool import ParseServer
from tests.conftest import AT, home
from tests.faults.corpus.case import FAMILIES, Case
from tests.faults.corpus.generator import corpus, lay_out
from warehouse.ledger import Delivery, Ledger
from warehouse.settings import PROJECT, Settings

SEED = 20_261_123
CANARY = "CANARY-5f3c9d"
SLOWEST_SECONDS, MOST_MB = 60.0, 1024


@dataclass(frozen=True)
class Drained:
    settings: Settings
    cases: list[Case]
    ends: dict[tuple[str, str, str], Delivery]
    others: set[Path]
    peaks: dict[str, int]

    def end(self, case: Case) -> Delivery:
        return self.ends[case.source, case.sender, case.shown_name]

    def landed(self) -> list[Path]:
        return sorted(self.settings.landing.rglob("*.parquet"))


def outside(folder: Path) -> set[Path]:
    places = (folder, PROJECT, Path(tempfile.gettempdir()), Path("/"))
    return {path for place in places for path in place.iterdir() if path.name != "__pycache__"}


def measured(patch: pytest.MonkeyPatch) -> dict[str, int]:
    """Return, as it fills, the peak memory in MB of the parse child of each delivery, by delivery id."""
    peaks: dict[str, int] = {}
    run = ParseServer.run

    def watched(server: ParseServer, job: Path, errors: Path, wall_seconds: float) -> dict[str, Any] | None:
        ended = run(server, job, errors, wall_seconds)
        if ended is not None:
            peaks[job.parent.name.split("-")[1]] = ended["peak_mb"]
        return ended

    patch.setattr(ParseServer, "run", watched)
    return peaks


@pytest.fixture(scope="module")
def drained(tmp_path_factory: pytest.TempPathFactory) -> Drained:
    folder = tmp_path_factory.mktemp("corpus")
    settings, secret = home(folder / "home"), folder / "outside" / "secret.csv"
    secret.parent.mkdir()
    secret.write_text(f"request_id,entity_id\n{CANARY},{CANARY}\n", encoding="utf-8")
    cases = corpus(SEED, secret)
    lay_out(settings, cases, secret)
    before = outside(folder)
    with pytest.MonkeyPatch.context() as patch:
        peaks = measured(patch)
        done = drain_all(settings, AT)
    ends = {(d.source, d.sender, d.file_name): d for d in done}
    assert len(ends) == len(done) == len(cases)
    return Drained(settings, cases, ends, outside(folder) - before, peaks)


def test_the_corpus_covers_every_family_and_names_every_case_once() -> None:
    cases = corpus(SEED, Path("/nowhere"))
    families = Counter(case.family for case in cases)
    assert set(families) == set(FAMILIES)
    assert len(cases) >= 80
    assert min(families.values()) >= 6, families
    assert len({case.title for case in cases}) == len(cases)


def test_a_seed_is_one_corpus_and_another_seed_another() -> None:
    first, again, other = (
        {c["family"] + c["name"]: c["sha256"] for c in (case.entry() for case in corpus(seed, Path("/nowhere")))}
        for seed in (SEED, SEED, SEED + 1)
    )
    assert first == again
    assert sum(first[name] != other[name] for name in first) > len(first) // 2


def test_every_case_ends_as_its_manifest_says(drained: Drained) -> None:
    wrong = []
    for case in drained.cases:
        end = drained.end(case)
        codes = tuple(sorted({reason.code for reason in end.reasons}))
        found = (end.outcome, codes, end.rows_in, end.rows_accepted)
        if found != (case.outcome, tuple(sorted(case.codes)), case.rows, case.due):
            wrong.append((case.title, found, [reason.message[:120] for reason in end.reasons][:3]))
    assert wrong == []


def test_rows_in_are_rows_kept_and_rows_quarantined(drained: Drained) -> None:
    ends = list(drained.ends.values())
    assert [e.file_name for e in ends if e.rows_in != e.rows_accepted + e.rows_quarantined] == []
    kept = sum(duckdb.sql(f"select count(*) from read_parquet('{drained.settings.home / t.path}')").fetchall()[0][0]
               for e in ends for t in e.tables)  # fmt: skip
    assert kept == sum(case.due for case in drained.cases if case.outcome != "held")


def test_every_entry_has_a_hash_and_every_refusal_a_sentence_and_a_fix(drained: Drained) -> None:
    for case in drained.cases:
        end = drained.end(case)
        assert len(end.sha256) == 64
        assert case.kind != "file" or end.sha256 == case.entry()["sha256"]
        assert bool(end.reasons) == (end.outcome != "accepted"), case.title
        assert all(len(r.message) > 10 and len(r.fix) > 5 and r.code.isidentifier() for r in end.reasons), case.title
    assert Ledger.open(drained.settings).verify() == []


def test_no_case_takes_long_and_a_second_look_finds_nothing(drained: Drained) -> None:
    slowest = max(drained.cases, key=lambda case: drained.end(case).seconds)
    assert drained.end(slowest).seconds < SLOWEST_SECONDS, slowest.title
    seconds = {case.title: drained.end(case).seconds for case in drained.cases}
    megabytes = {case.title: drained.peaks.get(drained.end(case).delivery_id, 0) for case in drained.cases}
    assert sum(peak > 0 for peak in megabytes.values()) > 150
    largest = max(megabytes, key=lambda title: megabytes[title])
    print(f"{len(seconds)} cases, slowest {slowest.title} {seconds[slowest.title]} s, largest {largest} "
          f"{megabytes[largest]} MB")  # fmt: skip
    assert megabytes[largest] < MOST_MB, largest
    assert [drain(drained.settings, source, AT) for source in {c.source for c in drained.cases}] == [[]] * len(
        {c.source for c in drained.cases}
    )


def test_the_secret_beside_the_inbox_is_nowhere(drained: Drained) -> None:
    files = [p for place in ("landing", "archive", "work") for p in (drained.settings.home / place).rglob("*")]
    raw = [p for p in files if p.is_file()] + [drained.settings.home / "ledger.sqlite"]
    assert len(raw) > 100
    assert [p for p in raw if CANARY.encode() in p.read_bytes()] == []
    for path in drained.landed():
        text = duckdb.sql(f"select * from read_parquet({str(path)!r})").fetchall()
        assert CANARY not in str(text), path


def test_nothing_is_written_outside_the_home(drained: Drained) -> None:
    assert [p for p in drained.others if p.name.startswith("evil")] == []
    assert [p for p in drained.settings.home.rglob("evil_*") if "inbox" not in p.parts] == []
    inside = {p.name for p in drained.settings.home.iterdir() if "ledger" not in p.name}
    assert inside == {"inbox", "archive", "landing", "work", "network.yml"}
    assert not [p for p in drained.settings.work.iterdir() if not p.name.endswith(".lock")]

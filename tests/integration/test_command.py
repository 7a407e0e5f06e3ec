"""The command answers people in words and machines in JSON, and its exit codes mean what the README says."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from console.main import main
from tests.conftest import Line
from warehouse.settings import Settings

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(line: Line, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `liefernetz …` on the sample's home, or on another one, and return exit code, output and errors."""

    def call(*arguments: str, settings: Settings = line.settings) -> tuple[int, str, str]:
        monkeypatch.setenv("LIEFERNETZ_HOME", str(settings.home))
        monkeypatch.setattr(sys, "argv", ["liefernetz", *arguments])
        with pytest.raises(SystemExit) as stop:
            main()
        out, err = capsys.readouterr()
        return int(stop.value.code or 0), out, err

    return call


def answer(result: tuple[int, str, str]) -> Any:
    assert result[0] == 0, result
    return json.loads(result[1])


def test_deliveries_are_listed_with_all_promised_fields(run: Run, line: Line) -> None:
    found = answer(run("deliveries", "--json"))
    promised = {"delivery_id", "source", "sender", "file_name", "sha256", "received_at", "outcome", "rows_in",
                "rows_accepted", "rows_quarantined", "reasons"}  # fmt: skip
    assert len(found) == len(line.network.deliveries)
    assert all(promised <= set(d) for d in found)
    partly = next(d for d in found if d["outcome"] == "partly_quarantined")
    assert {"code", "row", "field", "message", "fix"} <= set(partly["reasons"][0])


def test_quarantined_rows_say_where_what_and_how_to_fix(run: Run) -> None:
    partly = answer(run("deliveries", "--outcome", "partly_quarantined", "--json"))[0]
    rows = answer(run("quarantine", partly["delivery_id"], "--json"))
    assert len(rows) >= partly["rows_quarantined"] == 7
    assert all(row["message"] and row["fix"] and row["source_ref"] for row in rows)
    code, words, _ = run("quarantine", partly["delivery_id"])
    assert code == 0
    assert "line" in words


def test_a_value_and_its_story(run: Run) -> None:
    rows = answer(run("kpi", "r13", "--entity", "EU|850760", "--period", "2025", "--variant", "flag", "--json"))
    assert [row["value"] for row in rows] == [1.0]
    story = answer(run("explain", "R13", "--entity", "EU|850760", "--period", "2025", "--variant", "flag", "--json"))
    assert len(story) == 1
    assert story[0]["formula"]["formula"]
    assert story[0]["deliveries"]
    assert {"sha256", "sender", "file_name", "rows"} <= set(story[0]["deliveries"][0])
    assert story[0]["inputs"]


def test_the_story_is_told_in_words_too(run: Run) -> None:
    code, words, _ = run("explain", "R13", "--entity", "EU|850760", "--period", "2025", "--variant", "flag")
    assert code == 0
    assert "formula" in words
    assert "BACI_HS22_Y2025" in words


@pytest.mark.parametrize("flag", ["--json", "--csv"])
def test_a_query_answers_in_the_wanted_form(run: Run, flag: str) -> None:
    code, out, _ = run("query", "select count(*) as n from dim_kpi", flag)
    assert code == 0
    if flag == "--json":
        assert json.loads(out)[0]["n"] > 20
    else:
        assert out.splitlines()[0] == "n"


@pytest.mark.parametrize(
    "sql",
    [
        "delete from dim_kpi",
        "select * from read_csv('/etc/passwd')",
        "attach 'x.duckdb'",
        "install httpfs",
        "set threads = 1",
    ],
)
def test_a_query_can_only_read_the_release(run: Run, sql: str) -> None:
    code, out, err = run("query", sql)
    assert code != 0
    assert "root:" not in out + err
    assert "Traceback" not in err


def test_a_release_is_listed_shown_and_verified(run: Run, line: Line) -> None:
    releases = answer(run("releases", "--json"))
    assert [r["version"] for r in releases if r["current"]] == [line.release.version]
    assert answer(run("release", "verify", line.release.version, "--json"))["problems"] == []
    shown = answer(run("release", "show", line.release.version, "--json"))
    assert any(entry["path"] == "public/benchmark_sector.parquet" for entry in shown["manifest"]["files"])


def test_a_tampered_release_is_refused_with_exit_code_1(run: Run, copied_home: Settings, line: Line) -> None:
    path = copied_home.releases / line.release.version / "public" / "benchmark_sector.csv"
    path.chmod(0o644)
    path.write_text(path.read_text().replace("ok", "no", 1))
    code, out, _ = run("release", "verify", line.release.version, settings=copied_home)
    assert code == 1
    assert "benchmark_sector.csv" in out


def test_a_retracted_release_stays_readable_and_is_no_longer_current(
    run: Run, copied_home: Settings, line: Line
) -> None:
    version = line.release.version
    answer(run("release", "retract", version, "--reason", "a drill", "--json", settings=copied_home))
    assert [r["current"] for r in answer(run("releases", "--json", settings=copied_home))] == [False]
    code, _, err = run("kpi", "R01", settings=copied_home)
    assert code == 2
    assert err.startswith("✗")
    assert answer(run("kpi", "R01", "--release", version, "--json", settings=copied_home))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["deliveries", "nonsense"], "no delivery nonsense"),
        (["kpi", "X99"], "no row of X99"),
        (["release", "show", "2020.1"], "2020.1"),
        (["query", "select * from nowhere"], "nowhere"),
        (["explain", "R01", "--entity", "nobody"], "R01"),
    ],
)
def test_wrong_usage_ends_with_code_2_and_one_sentence(run: Run, arguments: list[str], words: str) -> None:
    code, _, err = run(*arguments)
    assert code == 2
    assert words in err
    assert "Traceback" not in err


def test_an_unknown_source_is_refused_with_the_list(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("x\n")
    code, _, err = run("deliver", str(path), "--source", "weather")
    assert code == 2
    assert "supplier_survey" in err


def test_the_ledger_verifies_and_the_doctor_finds_it_sound(run: Run) -> None:
    assert answer(run("ledger", "--json"))["problems"] == []
    findings = answer(run("doctor", "--json"))
    assert [f for f in findings if f["state"] == "problem"] == []
    assert {"installation", "home", "ledger", "release"} <= {f["check"] for f in findings}


def test_the_installed_command_starts() -> None:
    done = subprocess.run(
        [Path(sys.executable).parent / "liefernetz", "--help"], capture_output=True, text=True, check=True
    )
    assert "Exit codes" in done.stdout

"""A small network by hand: deliver, sweep, and a release; a gate that refuses publishes nothing."""

import json
import sys
from pathlib import Path

import pytest

from console.main import main

_HEADER = "buyer_id,line_id,supplier_id,category_id,spend,currency,production_country,delivery_date"
_RATES = "currency,year,rate_kind,eur_per_unit,publisher\nEUR,2025,average,1,synthetic\n"


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home, and purchases of one buyer as the catalogue's golden G1 has them."""
    monkeypatch.setenv("LIEFERNETZ_HOME", str(tmp_path / "home"))
    spend = {"A": 400000, "B": 250000, "C": 200000, "D": 100000, "E": 50000}
    lines = [f"buyer,{s},{s},c1,{v},EUR,DE,2025-06-30" for s, v in spend.items()] + [
        "buyer,Z,Z,c2,500000,EUR,FR,2025-06-30"
    ]
    (tmp_path / "lines.csv").write_text("\n".join([_HEADER, *lines]) + "\n")
    (tmp_path / "rates.csv").write_text(_RATES)
    return tmp_path


def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    monkeypatch.setattr(sys, "argv", ["liefernetz", *arguments])
    with pytest.raises(SystemExit) as stop:
        main()
    return int(stop.value.code or 0), capsys.readouterr().out


def test_two_files_and_one_sweep_make_a_release_with_the_golden_value(
    small: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, source in (("lines.csv", "purchase_lines"), ("rates.csv", "context_data")):
        assert run(monkeypatch, capsys, "deliver", str(small / name), "--source", source)[0] == 0
    code, out = run(monkeypatch, capsys, "sweep", "--json")
    assert code == 0, out
    assert json.loads(out)["release"]["version"]
    code, out = run(monkeypatch, capsys, "kpi", "R01", "--entity", "buyer|c1", "--json")
    assert json.loads(out)[0]["value"] == pytest.approx(0.275)
    code, out = run(monkeypatch, capsys, "sweep", "--json")
    assert code == 0
    assert "release" not in json.loads(out), "nothing changed, so nothing may be published"

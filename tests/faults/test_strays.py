"""What lies beside the folders of the sources, has the longest of names or is too large gets its entry, too."""

from pathlib import Path

import pytest

from ingestion.deliver import deliver
from ingestion.intake import drain, drain_all
from ingestion.taking import UNDECLARED
from tests.conftest import AT, home
from tests.faults.sending import REQUESTS, codes, put
from warehouse.archive import TooLarge, location, store
from warehouse.ledger import Ledger
from warehouse.settings import Settings

ROW = f"{REQUESTS}\nr1,C1,2025-01-01,2025-12-31,2026-01-02\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return home(tmp_path / "home")


def test_files_of_no_source_are_named_with_what_to_do_and_their_bytes_are_kept(settings: Settings) -> None:
    put(settings, ".", "loose.csv", ROW, sender="")
    put(settings, "trade-data", "misspelt.csv", ROW + "\n", sender="office/deep")
    (settings.inbox / "link.csv").symlink_to("/etc/hostname")
    (settings.inbox / "trade-data" / "more").symlink_to("/etc")
    done = {d.file_name: d for d in drain_all(settings, AT)}
    assert {name: (d.source, d.outcome, codes(d)) for name, d in done.items()} == {
        "loose.csv": (UNDECLARED, "rejected", ["undeclared_source"]),
        "misspelt.csv": (UNDECLARED, "rejected", ["undeclared_source"]),
        "link.csv": (UNDECLARED, "rejected", ["not_a_file"]),
        "more": (UNDECLARED, "rejected", ["not_a_file"]),
    }
    assert "inbox/trade-data" in done["misspelt.csv"].reasons[0].message
    assert "inbox/trade_data" in done["misspelt.csv"].reasons[0].fix
    assert location(settings, done["loose.csv"].sha256).read_text(encoding="utf-8") == ROW
    assert drain_all(settings, AT) == []
    assert Ledger.open(settings).verify() == []


def test_unfinished_files_beside_the_sources_wait(settings: Settings) -> None:
    put(settings, ".", "loose.csv.part", ROW, sender="")
    put(settings, "nobody", ".hidden.csv", ROW)
    assert drain_all(settings, AT) == []


@pytest.mark.parametrize("name", ["a" * 251 + ".csv", "ü" * 127 + "a", "a." + "b" * 253, "x" * 255], ids=len)
def test_the_longest_of_names_can_be_delivered_twice(settings: Settings, tmp_path: Path, name: str) -> None:
    for number in range(2):
        file = tmp_path / name
        file.write_text(ROW.replace("r1", f"r{number}"), encoding="utf-8")
        placed = deliver(settings, [file], "survey_requests", "office")[0]
        assert len(placed.name.encode()) <= 255
    assert [d.outcome for d in drain(settings, "survey_requests", AT)] == ["accepted", "accepted"]


def test_what_is_larger_than_agreed_is_refused_while_it_is_copied(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIEFERNETZ_DELIVERY_MB", "1")
    large = put(settings, "survey_requests", "large.csv", ROW + "x" * (1 << 20))
    put(settings, "survey_requests", "sound.csv", ROW)
    done = {d.file_name: (d.outcome, codes(d)) for d in drain(settings, "survey_requests", AT)}
    assert done == {"large.csv": ("rejected", ["too_large"]), "sound.csv": ("accepted", [])}
    assert len([p for p in settings.archive.rglob("*") if p.is_file()]) == 1
    with pytest.raises(TooLarge, match="more than 1 MB"):
        store(settings, large, 1 << 20)
    assert drain(settings, "survey_requests", AT) == []

"""The short way through the parse child gives what the careful way gives, row by row, or is not taken."""

from pathlib import Path

import duckdb
import pytest

from ingestion.deliver import deliver
from ingestion.formats.plain_text import plain_text
from ingestion.intake import drain
from ingestion.reader import Reader
from ingestion.sources import trade_data
from tests.conftest import AT, home
from warehouse.ledger import Delivery
from warehouse.settings import Settings

NAME = "BACI_HS22_Y2023_V202501.csv"
HEADER = "t,i,j,k,v,q"
SOUND = ("2023,4,24,010121,0.463,0.002", "2023,4,842,845420,12345678.901,NA", "1962,757,276,999999,0,0.0000004")
# Each is read by the careful way: some land all the same, with the same values, some are refused.
DOUBTFUL = (
    "2023,4,24,10121,1,1", "202.,4,24,010121,1,1", "2101,4,24,010121,1,1", "2023,4.5,24,010121,1,1",
    "2023,4,24.,010121,1,1", "2023,,24,010121,1,1", "2023,4,24,,1,1", "2023,4,24,01.121,1,1", "2023,4,24,NANANA,1,1",
    "2023,4,24,010121,.5,1", "2023,4,24,010121,5.,1", "2023,4,24,010121,1.2.3,1", "2023,4,24,010121,NA,1",
    "2023,4,24,010121,1,N", "2023,4,24,010121,1,", "2023,4,24,010121,1,.", "2023,4,24,010121,12345678901234567890,1",
    "2023,4,24,010121,123456789012345.678901234,1", "2023,4,0024,010121,007,1", "2023,4,1234567890,010121,1,1",
)  # fmt: skip


def take(folder: Path, content: str, careful: bool) -> tuple[Delivery, list[object]]:
    settings: Settings = home(folder / "home")
    folder.mkdir(exist_ok=True)
    (folder / NAME).write_text(content, encoding="utf-8", newline="")
    deliver(settings, [folder / NAME], "trade_data", "office")
    with pytest.MonkeyPatch.context() as patch:
        if careful:
            patch.setattr("ingestion.processing.rules_hold", lambda *_: False)
        delivery = drain(settings, "trade_data", AT)[-1]
    found: list[object] = []
    for table in ("flows", "quarantine"):
        path = settings.landing / "trade_data" / delivery.delivery_id / f"{table}.parquet"
        found.append(duckdb.sql(f"from read_parquet('{path}') order by all").fetchall() if path.exists() else None)
    return delivery, found


@pytest.mark.parametrize("rows", [SOUND, (*SOUND, *DOUBTFUL), DOUBTFUL[:3]])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_both_ways_land_and_refuse_the_same(tmp_path: Path, rows: tuple[str, ...], end: str) -> None:
    content = end.join([HEADER, *rows])
    short, careful = (take(tmp_path / name, content, name == "careful") for name in ("short", "careful"))
    assert short[1] == careful[1]
    for name in ("outcome", "reasons", "rows_in", "rows_accepted", "rows_quarantined", "periods", "declared_version"):
        assert getattr(short[0], name) == getattr(careful[0], name), name
    assert short[0].rows_in == len(rows)


@pytest.mark.parametrize(
    "body",
    [
        "1,2\n\n3,4\n",
        "\n1,2\n",
        '1,"2"\n',
        "1,2\r\n",
        "1,2,3\n",
        "1\n",
        "1,2\n3\n",
        "1,-2\n",
        "1,\u0662\n",
        "1,2\0\n",
        "",
    ],
)
def test_a_file_that_is_not_plain_is_left_to_the_careful_way(tmp_path: Path, body: str) -> None:
    (tmp_path / "f").write_bytes(b"a,b\n" + body.encode())
    assert plain_text(tmp_path / "f", ",", b"0123456789") is None


def test_line_feeds_and_delimiters_count_the_rows(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"a,b\n" + b"1,2\n" * 200_000 + b"3,4")
    found = plain_text(tmp_path / "f", ",", b"0123456789")
    assert found is not None
    assert (found.header, found.rows) == (("a", "b"), 200_001)


def test_the_declared_rules_have_the_last_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A layout that lets a broken row through is found out outside the cage, and the file is read carefully."""
    from ingestion.child_process import Parsed, parse_in_child
    from ingestion.declarations import declarations
    from ingestion.sound_rows import rules_hold
    from ingestion.typing_job import Typing
    from warehouse.settings import PROJECT

    assert isinstance(trade_data.READER, Reader)
    (tmp_path / NAME).write_text("\n".join([HEADER, *SOUND]) + "\n")
    parsed: Parsed = parse_in_child(tmp_path / NAME, "trade_data", NAME, tmp_path, delivery_id="d1")
    source = declarations()["trade_data"]
    typing = Typing("d1", source.tables["flows"], source.formats["baci_csv"], (), PROJECT / "dbt_project/seeds")
    assert (parsed.sound, rules_hold(tmp_path, typing, 3), rules_hold(tmp_path, typing, 4)) == (3, True, False)
    file = tmp_path / "sound.parquet"
    duckdb.sql(f"copy (select * replace (-reporter_code as reporter_code) from '{file}') to '{file}'")
    assert not rules_hold(tmp_path, typing, 3)

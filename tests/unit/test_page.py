"""The page takes any name as text, and the same content gives the same bytes."""

import json
from dataclasses import replace
from typing import Any

from warehouse.page.content import Content
from warehouse.page.writing import render

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\u2028$data"
ROW: dict[str, Any] = {
    "kpi_id": "E01", "dim_variant": "", "sector": "CA", "period_start": "2025-01-01", "period_end": "2025-12-31",
    "unit": "t CO2e", "status": "ok", "n_band": "20+", "weighted_mean": 12.3, "p10": 1.0, "p25": 2.0, "p50": 3.0,
    "p75": 4.0, "p90": 5.0, "coverage": 0.5, "dq_score": 2.0,
}  # fmt: skip
KEYS = ("kpi_id", "dim_variant", "sector", "period_start", "period_end", "unit")
CONTENT = Content(
    network="a network", version="2026.1", created="2026-03-01", software="0.1.0",
    gate={"state": "passed", "passed": 3, "ran": 3}, before=None, changes=[], rows=[ROW], kpis=[], sectors={},
)  # fmt: skip


def embedded(page: str) -> dict[str, Any]:
    text = page.split('<script type="application/json" id="data">')[1].split("</script>", maxsplit=1)[0]
    return dict(json.loads(text))


def test_a_hostile_name_stays_text() -> None:
    page = render(replace(CONTENT, network=HOSTILE, sectors={"CA": HOSTILE}, rows=[ROW | {"dim_variant": HOSTILE}]))
    assert page.count("</script>") == 2
    assert "<img" not in page
    assert embedded(page)["rows"][0]["dim_variant"] == HOSTILE
    assert embedded(page)["sectors"]["CA"] == HOSTILE


def test_the_same_content_gives_the_same_bytes() -> None:
    assert render(CONTENT) == render(replace(CONTENT, rows=[dict(reversed(list(ROW.items())))]))


def test_a_withheld_cell_is_one_symbol_and_a_zero_is_a_zero() -> None:
    withheld = {key: ROW[key] for key in KEYS} | {"status": "withheld"}
    table = render(replace(CONTENT, rows=[withheld])).split("<tbody>")[1].split("</tbody>")[0]
    assert table.count('<td class="n">c</td>') == 9
    zero = render(replace(CONTENT, rows=[ROW | {"p10": 0.0}]))
    assert '<td class="n">0.0</td>' in zero


def test_only_a_network_that_calls_itself_synthetic_gets_the_banner() -> None:
    assert "no company in this network exists" not in render(CONTENT)
    assert "no company in this network exists" in render(replace(CONTENT, network="sample network (synthetic)"))


def test_the_page_asks_nothing_of_the_outside() -> None:
    page = render(CONTENT)
    assert "default-src 'none'" in page
    assert "<link" not in page
    assert 'src="' not in page

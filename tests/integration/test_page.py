"""The public page of the sample's release: its numbers, its silence, its seal, and its script in a real browser."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import Line
from warehouse.page import PAGE
from warehouse.release import verify
from warehouse.settings import Settings

FIGURES = ("weighted_mean", "p10", "p25", "p50", "p75", "p90", "coverage", "dq_score", "n_band")


@pytest.fixture
def page(line: Line) -> str:
    return (line.release.path / PAGE).read_text(encoding="utf-8")


def rows_of(page: str) -> list[dict[str, Any]]:
    return list(json.loads(page.split('id="data">')[1].split("</script>", maxsplit=1)[0])["rows"])


def test_the_page_is_a_file_of_the_release_like_any_other(line: Line) -> None:
    entry = next(e for e in line.release.manifest["files"] if e["path"] == PAGE)
    assert entry["audience"] == "association"
    assert 10_000 < entry["bytes"] < 5_000_000
    assert f"  {PAGE}\n" in (line.release.path / "SHA256SUMS").read_text(encoding="utf-8")
    assert verify(line.settings, line.release.version) == []


def test_every_released_cell_stands_on_the_page_with_its_number(line: Line, page: str) -> None:
    columns = ", ".join(FIGURES)
    grain = "kpi_id, dim_variant, sector, cast(period_end as varchar)"
    released = {r[:4]: r[4:] for r in line.rows(f"select {grain}, {columns} from benchmark_sector where status = 'ok'")}
    shown = {
        (r["kpi_id"], r["dim_variant"], r["sector"], r["period_end"]): tuple(r[f] for f in FIGURES)
        for r in rows_of(page)
        if r["status"] == "ok"
    }
    assert shown == released
    assert len(shown) > 100


def test_a_withheld_cell_carries_no_number(line: Line, page: str) -> None:
    withheld = [row for row in rows_of(page) if row["status"] != "ok"]
    assert line.rows("select count(*) from benchmark_sector where status <> 'ok'") == [(len(withheld),)]
    assert withheld
    assert all(not set(row) & set(FIGURES) for row in withheld)


def test_no_company_is_named(line: Line, page: str) -> None:
    ids = {str(i) for row in line.rows("select distinct entity_id, group_id from dim_company") for i in row if i}
    assert len(ids) > 100
    assert [i for i in ids if i in page] == []


def test_verify_notices_a_changed_page(line: Line, copied_home: Settings) -> None:
    path = copied_home.releases / line.release.version / PAGE
    path.chmod(0o644)
    path.write_text(path.read_text(encoding="utf-8").replace("passed", "perfect", 1), encoding="utf-8")
    assert verify(copied_home, line.release.version) == [f"{PAGE} was changed after it was published."]


@pytest.fixture
def chromium() -> Iterator[Browser]:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        pytest.skip("no Chromium on PATH: install the package chromium to see the page in a browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def opened(line: Line, chromium: Browser) -> Iterator[Page]:
    """The page as a file in a browser without a network; an outside request or an error of the script fails the test."""
    context = chromium.new_context(accept_downloads=True, locale="en-GB", viewport={"width": 1200, "height": 900})
    asked: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: asked.append(str(error)))
    page.goto((line.release.path / PAGE).as_uri() + "#kpi=E05&sector=CA")
    yield page
    assert [address for address in asked if not address.startswith("file://")] == []
    context.close()


def visible_rows(page: Page) -> int:
    return page.locator("#cells tbody tr:visible").count()


def test_a_link_chooses_kpi_and_sector_and_a_filter_goes_on_from_there(line: Line, opened: Page) -> None:
    ask = "select count(*) from benchmark_sector where kpi_id = 'E05' and sector = 'CA'"
    assert visible_rows(opened) == line.rows(ask)[0][0]
    assert {opened.locator(f'[data-chart="{kind}"]').count() > 0 for kind in ("spread", "trend", "pair")} == {True}
    opened.select_option("#period", "2025")
    assert visible_rows(opened) == line.rows(f"{ask} and year(period_end) = 2025")[0][0]
    assert "period=2025" in opened.url
    opened.fill("#q", "no such words")
    assert visible_rows(opened) == 0


def test_the_page_speaks_german_after_one_click(opened: Page) -> None:
    opened.check("#de")
    assert opened.locator("html").get_attribute("lang") == "de"
    assert opened.locator("#h-kpis").inner_text() == "Was die Kennzahlen bedeuten"
    assert "Verteilung" in opened.locator("#charts figcaption").first.inner_text()


def test_the_download_is_the_released_file(line: Line, opened: Page) -> None:
    with opened.expect_download() as started:
        opened.click('a[href="benchmark_sector.csv"]')
    released = line.release.path / "public" / "benchmark_sector.csv"
    assert Path(started.value.path()).read_bytes() == released.read_bytes()


@pytest.mark.parametrize(("width", "scheme"), [(1200, "light"), (360, "dark")])
def test_no_serious_barrier_and_nothing_wider_than_the_screen(opened: Page, width: int, scheme: Any) -> None:
    opened.emulate_media(color_scheme=scheme)
    opened.set_viewport_size({"width": width, "height": 800})
    found = Axe().run(opened).response["violations"]
    assert [v["id"] for v in found if v["impact"] in ("serious", "critical")] == []
    assert opened.evaluate("document.documentElement.scrollWidth") <= width


def test_the_keyboard_reaches_the_filters_first_by_the_skip_link(opened: Page) -> None:
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.className") == "skip"
    opened.keyboard.press("Enter")
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.id") == "kpi"

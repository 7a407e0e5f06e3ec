"""The private report on a small release: hostile text, gaps, languages, and folders that stay closed."""

import re
import stat
from pathlib import Path

import pytest

from tests.fixtures.public_candidate import AT, Rows, core, network, ready, sound_rows, value
from warehouse.ledger import Ledger
from warehouse.release import NoRelease, publish
from warehouse.report import ReportRefused, UnknownCompany, write_reports
from warehouse.report.drawing import sparkline, strip
from warehouse.report.files import company_path
from warehouse.report.words import LANGUAGES, load_words
from warehouse.settings import Settings

HOSTILE = '<script>alert("x")</script>\'"><img src=x onerror=y>'


def released(home: Path, rows: Rows) -> Settings:
    settings = network(home)
    publish(settings, Ledger.open(settings), ready(settings, "s1-1", rows), AT)
    return settings


def report(settings: Settings, company: str = "C0001", language: str = "en") -> str:
    return write_reports(settings, company, language=language).paths[0].read_text(encoding="utf-8")


def test_hostile_text_in_a_name_is_shown_and_not_run(tmp_path: Path) -> None:
    rows = sound_rows()
    rows["dim_company"][0]["name"] = HOSTILE
    page = report(released(tmp_path, rows))
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert" in page


def test_unknown_is_never_shown_as_zero(tmp_path: Path) -> None:
    rows = core(sound_rows())
    rows["fact_kpi_value"] += [value("C0099", None, value_low=None, value_high=None)]
    page = report(released(tmp_path, rows), "C0099")
    assert "unknown – not reported" in page
    assert '<data value="0' not in page
    assert '<span class="value"' not in page


def test_a_german_page_has_german_words_and_numbers(tmp_path: Path) -> None:
    rows = core(sound_rows())
    rows["fact_kpi_value"][0] |= {"value": 12345.6, "value_low": 12000.5}
    page = report(released(tmp_path, rows), language="de")
    assert '<html lang="de">' in page
    assert "Vertraulicher Bericht" in page
    assert "Emissionen Scope 1" in page
    assert '<data value="12345.6">12.346 t CO2e</data>' in page
    assert not re.search(r"Private report|Among peers|How to read", page)


def test_ids_of_others_are_cut_out_of_findings(tmp_path: Path) -> None:
    rows = sound_rows()
    rows["fct_data_finding"][0] |= {"finding_kind": "odd", "entity_id": "C0001", "message": "differs from C0002, look"}
    page = report(released(tmp_path, rows))
    assert "differs from …, look" in page
    assert "C0002" not in page


def test_a_release_without_the_other_tables_still_gives_reports(tmp_path: Path) -> None:
    written = write_reports(released(tmp_path, core(sound_rows())))
    assert len(written.paths) == 10
    assert written.folder == tmp_path / "reports" / "2026.1"
    assert "has no record of the time you spent" in written.paths[0].read_text(encoding="utf-8")


def test_a_report_is_replaced_whole_and_its_folder_closed_again(tmp_path: Path) -> None:
    settings = released(tmp_path, core(sound_rows()))
    [path] = write_reports(settings, "C0001").paths
    path.parent.chmod(0o755)
    path.write_text("older", encoding="utf-8")
    write_reports(settings, "C0001")
    assert "older" not in path.read_text(encoding="utf-8")[:20]
    assert [stat.S_IMODE(p.stat().st_mode) for p in (path, path.parent)] == [0o600, 0o700]
    assert [p.name for p in path.parent.iterdir()] == ["report.html"]


def test_reports_are_refused_inside_the_releases_and_through_links(tmp_path: Path) -> None:
    settings = released(tmp_path, core(sound_rows()))
    with pytest.raises(ReportRefused, match="outside"):
        write_reports(settings, "C0001", folder=settings.releases / "2026.1" / "public")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "C0001").symlink_to(tmp_path, target_is_directory=True)
    with pytest.raises(ReportRefused, match="link"):
        write_reports(settings, "C0001", folder=tmp_path / "out")


def test_an_unknown_company_and_a_missing_release_are_named(tmp_path: Path) -> None:
    with pytest.raises(NoRelease, match="Nothing is released yet"):
        write_reports(network(tmp_path / "empty"), "C0001")
    with pytest.raises(UnknownCompany, match="knows no company X"):
        write_reports(released(tmp_path, core(sound_rows())), "X")


@pytest.mark.parametrize("entity", ["../../etc", "..", ".", "a/b", "", "%2E."])
def test_an_id_cannot_walk_out_of_its_folder(tmp_path: Path, entity: str) -> None:
    assert company_path(tmp_path, entity).resolve().parent.parent == tmp_path.resolve()


def test_a_gap_breaks_the_line_and_a_value_far_outside_is_an_arrow() -> None:
    drawn = str(sparkline([1.0, None, 3.0], HOSTILE))
    assert drawn.count("<polyline") == 2
    assert ">?</text>" in drawn
    assert "<script" not in drawn
    assert "<path" in strip([1, 2, 3, 4, 5], 900.0, "far")
    assert "<path" not in strip([1, 2, 3, 4, 5], 3.0, "near")


def test_both_languages_have_words_for_the_same_codes() -> None:
    english, german = (load_words(language).texts for language in LANGUAGES)
    assert {key: set(entries) for key, entries in english.items()} == {
        key: set(entries) for key, entries in german.items()
    }
    assert [k for k, text in german["labels"].items() if text == english["labels"][k]] == []

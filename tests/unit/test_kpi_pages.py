"""Every KPI that is built has a page, made of its seeds, its model and its first unit test."""

from console.kpi_pages import pages
from warehouse.settings import PROJECT

_MADE = pages()


def test_the_pages_in_the_repository_are_those_that_make_docs_writes() -> None:
    folder = PROJECT / "docs" / "kpis"
    kept = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    stale = sorted(name for name in {*kept, *_MADE} if kept.get(name) != _MADE.get(name))
    assert stale == [], "run `make docs`"


def test_every_model_of_a_kpi_has_a_page_with_an_example() -> None:
    models = {p.stem.removeprefix("kpi_").upper() for p in (PROJECT / "dbt_project/models/kpis").glob("*.sql")}
    assert {name.removesuffix(".md") for name in _MADE} == models | {"README"}
    assert [name for name, text in _MADE.items() if name != "README.md" and "Worked example" not in text] == []

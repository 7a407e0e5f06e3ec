"""Answers about companies that research communities publish, metric by metric: Wikirate and others of its kind.

Arrives as a page or list of its interface (JSON) or as a table (CSV), as exported. Odd: calculated answers have no id;
"Unknown" means looked for and not found and is no empty answer; relations name a second company; numbers are text with
more digits than any type keeps, so the text stays; comments name contributors and are never landed.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pyarrow as pa

from ingestion.declarations import Format
from ingestion.formats.sql_session import mapped, quoted_name
from ingestion.reader import Reader, RowRule
from ingestion.records import Record, Rejected

_SENT = {
    "answer_id": "Answer Id", "metric": "Metric", "metric_id": "Metric Id", "company": "Company",
    "company_id": "Company Id", "company_lei": "LEI", "company_isin": "ISIN", "company_os_id": "OS ID",
    "company_open_corporates_id": "OpenCorporates ID", "company_wikidata_id": "Wikidata ID",
    "related_company": "Related Company", "related_company_id": "Related Company Id", "year": "Year", "unit": "Unit",
    "answer_url": "Answer Url", "source_url": "Source Url",
}  # fmt: skip


def adapt(batch: pa.Table, _form: Format, _file_name: str) -> pa.Table:
    """Return a batch of a table of answers under our column names, still as text."""
    sent = batch.column_names
    value = 'trim("Value")'
    related = "trim(\"Related Company\") <> ''" if "Related Company" in sent else "false"
    columns = {ours: quoted_name(theirs) for ours, theirs in _SENT.items() if theirs in sent} | {
        "answer_kind": f"case when {related} then 'relationship' else 'answer' end",
        "value": f"case when lower({value}) <> 'unknown' then \"Value\" end",
        "value_state": f"case when {value} = '' then 'missing' when lower({value}) = 'unknown' then 'unknown' "
        f"when regexp_full_match({value}, '[+-]?0+([.]0+)?') then 'zero' else 'value' end",
    }
    return mapped(batch, columns)


def _recognise(path: Path, _media: str) -> str | None:
    from ingestion.formats.company_answers import holds_answers

    return "answers_json" if holds_answers(path) else None


def read(path: Path, _form: Format) -> Iterator[Record | Rejected]:
    """Yield the answers of a document."""
    from ingestion.formats.company_answers import read_answers

    return read_answers(path)


_rule = partial(RowRule, "answers")
READER = Reader(
    adapt=adapt,
    recognise_document=_recognise,
    read_document=read,
    rules=(
        _rule("missing_value", "related_company", "answer_kind = 'relationship' and related_company is null",
              "a relationship names no second company", "name both companies"),
        _rule("missing_value", "value", "value_state = 'value' and value is null",
              "the answer is a mark for a missing value", "leave it empty, or say Unknown"),
        _rule("bad_format", "metric", "strpos(metric, '+') = 0",
              "the metric does not say who designed it", "write it as designer+title", flags=True),
    ),
)  # fmt: skip

"""Which code of one edition of a classification is which code of another: goods, activities, regions.

Arrives with every new edition as CSV or workbook of the publisher, or with our own column names. Odd: the editions
stand in the names of the columns only; spreadsheets lose leading zeros of HS; "ex" means a part of a code; the UN gives
all matches and a choice of one per code in two sheets of one workbook. HS 2028 is read like every other edition.
"""

from collections.abc import Iterator
from functools import partial
from itertools import groupby
from pathlib import Path

import pyarrow as pa

from ingestion.declarations import Format
from ingestion.formats.concordance import editions_in, name_columns
from ingestion.formats.row_table import table_records
from ingestion.formats.sql_session import mapped, quoted_name
from ingestion.reader import Reader, RowRule
from ingestion.records import Record, Rejected

_GRAMMARS = {
    "HS": "[0-9]{2}|[0-9]{4}|[0-9]{6}", "CN": "[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{8}",
    "NACE": "[A-V]|[0-9]{2}([.][0-9]{1,2})?", "ISIC": "[A-V]|[0-9]{2,4}", "CPV": "[0-9]{8}(-[0-9])?",
    "NUTS": "[A-Z]{2}[0-9A-Z]{0,3}", "CPC": "[0-9]{1,7}", "SITC": "[0-9]{1,5}", "BEC": "[0-9]{1,6}",
    "NAICS": "[0-9]{2,6}|[0-9]{2}-[0-9]{2}",
}  # fmt: skip
_HS_REVISIONS = "HS92|HS96|HS02|HS07|HS12|HS17|HS22|HS28"
_TABLE = ("classification", "from_revision", "to_revision", "table_kind")
_SCHEME = "regexp_extract({}, '^[A-Z]+')"


def _clean(sql: str, scheme: str) -> str:
    plain = f"trim(regexp_replace(ltrim(trim({sql}), ''''), '^ex\\s+', '', 'i'))"
    if scheme not in ("HS", "CN"):
        return plain
    digits = f"replace(replace({plain}, '.', ''), ' ', '')"
    # An odd number of digits has lost its leading zero in a spreadsheet.
    return (
        f"case when regexp_full_match({digits}, '[0-9]+') and length({digits}) % 2 = 1 then '0' || {digits} "
        f"else {digits} end"
    )


def _columns(source: str, target: str, first: str, second: str) -> dict[str, str]:
    is_part = f"regexp_matches(coalesce({first}, '') || '|' || coalesce({second}, ''), '(^|\\|)\\s*ex\\s', 'i')"
    from_scheme, to_scheme = (text.rstrip("0123456789.") for text in (source, target))
    return {
        "from_code": _clean(first, from_scheme), "to_code": _clean(second, to_scheme), "is_part": is_part,
    }  # fmt: skip


def read(batch: pa.Table, _form: Format, file_name: str) -> pa.Table:
    """Return a batch of a publisher's pairs under our column names, still as text."""
    found = editions_in(tuple(batch.column_names))
    assert found is not None
    scheme, source, target, column = found
    kind = "conversion" if "conver" in file_name.casefold() and "correl" not in file_name.casefold() else "correlation"
    ours = {"from name": "from_name", "to name": "to_name", "relationship": "relationship_sent"}
    sent = {ours[name]: quoted_name(name) for name in ours if name in batch.column_names}
    columns = sent | _columns(source, target, '"from code"', quoted_name(column)) | {
        "classification": f"'{scheme}'", "from_revision": f"'{source}'", "to_revision": f"'{target}'",
        "table_kind": f"'{kind}'",
    }  # fmt: skip
    return mapped(batch, columns, [column])


def _recognise(path: Path) -> str | None:
    from ingestion.formats.concordance import recognise

    return "concordance_xlsx" if recognise(path) else None


def read_workbook(path: Path, _form: Format) -> Iterator[Record | Rejected]:
    """Yield the pairs of every sheet, cleaned as the same rows in CSV."""
    from ingestion.formats.concordance import records

    for _, table in groupby(records(path), key=lambda record: tuple(map(record.values.get, _TABLE))):
        found = list(table)
        values = found[0].values
        place = {"row_number": pa.array([record.row_number for record in found], pa.int64()),
                 "source_ref": pa.array([record.source_ref for record in found], pa.string())}  # fmt: skip
        texts = {name: pa.array([record.values[name] for record in found], pa.string()) for name in values}
        codes = _columns(str(values["from_revision"]), str(values["to_revision"]), "from_code", "to_code")
        kept = {name: quoted_name(name) for name in values if name not in codes}
        yield from table_records(mapped(pa.table(place | texts), kept | codes))


def _not_in_form(column: str, revision: str) -> str:
    scheme = _SCHEME.format(revision)
    cases = " ".join(
        f"when '{name}' then not regexp_full_match({column}, '{form}')" for name, form in _GRAMMARS.items()
    )
    return f"case {scheme} {cases} else false end"


_rule = partial(RowRule, "pairs")
READER = Reader(
    name_columns=name_columns,
    adapt=read,
    recognise_workbook=_recognise,
    read_workbook=read_workbook,
    rules=(
        _rule("bad_format", "from_code", _not_in_form("from_code", "from_revision"),
              "no code of its classification", "write the code as its publisher does, with leading zeros"),
        _rule("bad_format", "to_code", _not_in_form("to_code", "to_revision"),
              "no code of its classification", "write the code as its publisher does, with leading zeros"),
        _rule("unknown_code", "from_revision",
              f"from_revision like 'HS%' and not regexp_full_match(from_revision, '{_HS_REVISIONS}') "
              f"or to_revision like 'HS%' and not regexp_full_match(to_revision, '{_HS_REVISIONS}')",
              "no edition of the Harmonized System", "use one of HS92, HS96, HS02, HS07, HS12, HS17, HS22, HS28"),
        _rule("unknown_code", "classification", f"classification <> {_SCHEME.format('from_revision')}",
              "classification and edition of the first code do not agree", "correct one of them"),
    ),
)  # fmt: skip

"""The target register as published in four years: row counts, filled cells and states, counted by other means."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd
import pytest

from ingestion.formats.sbti import layout_of, read_sbti, unmapped_columns
from ingestion.records import Record

pytestmark = pytest.mark.real_data
FILES = {
    "2020": ("2020-06-25_current-Companies-Taking-Action-191.xlsx", 911),
    "2022": ("2022-09-05_current-Companies-Taking-Action-191.xlsx", 3626),
    "2023": ("2023-08-09_target-dashboard.xlsx", 11615),
    "2025": ("2025-06-24_current-Companies-Taking-Action.xlsx", 11674),
}
NOTHING = ["-", "N/a", "n/a", "Not applicable", "Not Applicable", "not applicable", "Not available", "not available"]
NOTHING += ["NOT APPLICABLE", "Not relevant", "not relevant", "NA", "N/A", "na"]

Values = dict[str, str | None]


@dataclass(frozen=True)
class Register:
    """One published file, read once by us and once by pandas."""

    path: Path
    layout: str

    @cached_property
    def values(self) -> tuple[Values, ...]:
        found = list(read_sbti(self.path, self.layout))
        assert [record for record in found if not isinstance(record, Record)] == []
        return tuple(record.values for record in found if isinstance(record, Record))

    @cached_property
    def frame(self) -> pd.DataFrame:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return pd.read_excel(self.path, dtype=object, na_values=NOTHING)

    def filled(self, column: str) -> int:
        return sum(values[column] is not None for values in self.values)

    def states(self, column: str) -> dict[str | None, int]:
        return dict(Counter(values[column] for values in self.values))


@pytest.fixture(scope="module")
def registers(real_data: Path) -> dict[str, Register]:
    """The four published files by layout."""
    folder = real_data / "B_certification" / "sbti"
    return {layout: Register(folder / name, layout) for layout, (name, _) in FILES.items()}


@pytest.mark.parametrize("layout", sorted(FILES))
def test_every_row_in_the_xml_of_the_sheet_is_one_record(registers: dict[str, Register], layout: str) -> None:
    with zipfile.ZipFile(registers[layout].path) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode("utf-8")
    rows = len(re.findall(r"<row[ >]", sheet)) - 1
    assert (len(registers[layout].values), rows) == (FILES[layout][1], FILES[layout][1])


@pytest.mark.parametrize("layout", sorted(FILES))
def test_the_layout_is_known_by_its_headers(registers: dict[str, Register], layout: str) -> None:
    assert layout_of(registers[layout].path) == layout


@pytest.mark.parametrize(
    ("layout", "headers"),
    [
        ("2020", {"isin": "ISIN", "date_published": "Date Committed / Target published", "target_wording": "About"}),
        ("2022", {"isin": "ISIN", "date_published": "Date", "net_zero_year": "Net-Zero Year"}),
        ("2023", {"isin": "ISIN", "lei": "LEI", "date_published": "Date Published", "base_year": "Base Year"}),
        ("2025", {"isin": "isin", "lei": "lei", "date_published": "date_updated", "sbti_id": "sbti_id"}),
    ],
)
def test_as_many_cells_are_filled_as_pandas_finds(
    registers: dict[str, Register], layout: str, headers: dict[str, str]
) -> None:
    ours = {column: registers[layout].filled(column) for column in headers}
    assert ours == {column: int(registers[layout].frame[header].notna().sum()) for column, header in headers.items()}


def test_two_spellings_of_targets_set_are_one_state_in_2022(registers: dict[str, Register]) -> None:
    sent = registers["2022"].frame["Near term - Target Status"].value_counts().to_dict()
    assert sent == {"Committed": 1923, "Targets Set": 1694, "Targets set": 9}
    assert registers["2022"].states("target_status") == {"committed": 1923, "targets_set": 1694 + 9}


def test_the_empty_states_of_2023_stay_empty(registers: dict[str, Register]) -> None:
    wanted = {None: 6618, "active": 4716, "removed": 122, "extended": 117, "targets_set": 42}
    assert registers["2023"].states("target_status") == wanted


def test_states_of_2020_and_2025_add_up_to_their_companies(registers: dict[str, Register]) -> None:
    assert registers["2020"].states("target_status") == {"committed": 521, "targets_set": 390}
    wanted = {"targets_set": 8206, "committed": 2688, "commitment_removed": 780}
    assert registers["2025"].states("target_status") == wanted
    assert registers["2025"].filled("lei") == 11674 - 8003


def test_percentages_and_fractions_of_2023_become_shares_of_one(registers: dict[str, Register]) -> None:
    found = [values["target_value_share"] for values in registers["2023"].values]
    shares = [float(text) for text in found if text is not None]
    sent = registers["2023"].frame["Target Value"].dropna().map(str)
    no_share = sent[~sent.str.fullmatch(r"\s*[0-9.]+\s*%*\s*")]
    # 100 temperatures, intensities and numbers of suppliers, and one percentage written with letters.
    assert (len(shares), len(no_share)) == (len(sent) - 101, 101)
    # One maker of processors promises to compute 2500 % more per watt.
    assert (min(shares) > 0, sorted(shares)[-2:]) == (True, [1.0, 25.0])


def test_years_of_2022_and_2025_are_four_digits_and_lists_are_kept(registers: dict[str, Register]) -> None:
    years = {str(values["target_year"]) for layout in ("2022", "2025") for values in registers[layout].values}
    assert all(re.fullmatch(r"20[2-5]\d|None", year) for year in years)
    lists = [values["target_years"] for values in registers["2022"].values if "," in str(values["target_years"])]
    assert len(lists) == int(registers["2022"].frame["Near term - Target Year"].map(str).str.contains(",").sum())


def test_timestamps_at_one_in_the_morning_keep_their_day(registers: dict[str, Register]) -> None:
    sent = registers["2025"].frame["date_updated"].map(lambda stamp: stamp.date().isoformat())
    assert [values["date_published"] for values in registers["2025"].values] == sent.tolist()


def test_the_headers_that_fill_no_column_are_told(registers: dict[str, Register]) -> None:
    assert unmapped_columns(registers["2020"].path, "2020") == []
    assert [len(unmapped_columns(registers[layout].path, layout)) for layout in ("2022", "2023", "2025")] == [4, 7, 4]

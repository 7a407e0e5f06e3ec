"""A published XLSForm of 677 rows and ten submissions to a localised copy of it, counted a second way."""

import csv
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from ingestion.questionnaires.other_answers import judge_answers

pytestmark = pytest.mark.real_data


def test_the_form_is_read_whole_and_its_localised_choices_are_named(real_data: Path) -> None:
    folder = real_data / "C_suppliers" / "odk_rhomis"
    form, judged = judge_answers(folder / "raw-data.csv", folder / "RHoMIS_Core_v1.6.xlsx")
    survey = pd.read_excel(folder / "RHoMIS_Core_v1.6.xlsx", "survey").dropna(subset=["type", "name"])
    asked = survey[~survey["type"].str.match(r"(begin|end)[ _]")]
    assert set(form.fields) == set(asked["name"].astype(str))
    choices = pd.read_excel(folder / "RHoMIS_Core_v1.6.xlsx", "choices", dtype=str)
    countries = set(choices[choices["list_name"] == "country"]["name"])
    with (folder / "raw-data.csv").open(newline="") as file:
        sent = [row["SECTION_META/Location/country"] for row in csv.DictReader(file)]
    strange = Counter(m.found for m in judged.misfits if m.field == "country")
    assert strange == Counter(country for country in sent if country not in countries)
    assert judged.lines == len(sent) == 10

"""Group memberships from register entries: consecutive years are one, a gap ends it, a change of group is another."""

from datetime import date

import pytest

from tests.golden.harness import Models


def entry(entity: str, group: str | None, year: int) -> dict[str, object]:
    return {"entity_id": entity, "parent_group_id": group, "fiscal_year_start": date(year, 1, 1),
            "fiscal_year_end": date(year, 12, 31)}  # fmt: skip


def name(record_id: str, kind: str, network_id: str) -> dict[str, str]:
    return {"record_id": record_id, "party_id": record_id, "kind": kind, "source": "company_register",
            "network_id": network_id}  # fmt: skip


@pytest.fixture(scope="module")
def models() -> Models:
    return Models()


def test_memberships_follow_the_years(models: Models) -> None:
    rows = models.run(
        "fct_party_hierarchy",
        stg_company_register__company=[
            *(entry("C1", "G1", year) for year in (2020, 2021, 2023)), entry("C1", "G2", 2022), entry("C2", None, 2022),
        ],
        int_party_names=[name("Pc", "company", "C1"), name("Pg", "group", "G1"), name("Ph", "group", "G2")],
    )  # fmt: skip
    found = sorted((r["parent_party_id"], r["valid_from"].year, r["valid_to"].year, r["ownership_share"]) for r in rows)
    assert found == [("Pg", 2020, 2021, None), ("Pg", 2023, 2023, None), ("Ph", 2022, 2022, None)]

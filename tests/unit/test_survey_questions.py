"""Every field that the catalogue wants from companies is a question, and every question can be read."""

import csv
from pathlib import Path

SEEDS = Path(__file__).resolve().parents[2] / "dbt_project" / "seeds"
# The fields of the catalogue's input contract (§15) that a survey carries; the others have a source of their own.
FIELDS = """
    fuel_qty process_emission_t refrigerant_kg electricity_mwh heat_mwh self_generated_mwh sold_mwh renewable_mwh
    eac_cancelled_mwh contract_factor withdrawal_m3 discharge_m3 waste_t input_t recycled_t reused_t output_qty
    service_units gwp_version direct_kgco2e transport_kgco2e bom_qty_per_unit pact_edition pcf_value
    pcf_including_uptake biogenic_uptake declared_unit_of_measurement declared_unit_amount
    product_mass_per_declared_unit reference_period_start reference_period_end validity_period_start
    validity_period_end primary_data_share dqr_technological dqr_temporal dqr_geographical coverage_percent
    exempted_emissions_percent verification_coverage verification_provider verification_completed_at n_workers
    basic_wage_month guaranteed_bonus_month in_kind_month standard_weekly_hours worker_weeks_total
    worker_weeks_over_48 worker_weeks_over_60 hours_worked lost_time_injuries recordable_injuries fatalities
    workers_cba worker_representation gross_pay_total hours_paid gm_access_workers ms_status risk_functions
    risk_functions_trained sites_assessed convictions fines total_input_spend
"""
NUMBERED = {"gm_criteria_": 8, "ungc_level_p": 10, "ddg_step_": 6}


def rows(name: str) -> list[dict[str, str]]:
    with (SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_field_of_the_input_contract_is_a_question() -> None:
    numbered = {f"{stem}{number}" for stem, end in NUMBERED.items() for number in range(1, end + 1)}
    assert {*FIELDS.split(), *numbered} <= {row["question_id"] for row in rows("survey_questions")}


def test_the_unit_of_a_question_is_a_unit_and_text_has_none() -> None:
    units = {row["unit"] for row in rows("units")}
    for question in rows("survey_questions"):
        if question["value_kind"] == "text":
            assert question["canonical_unit"] == "", question["question_id"]
        elif question["canonical_unit"]:
            assert question["canonical_unit"] in units, question["question_id"]
        else:
            assert question["question_id"] in {"fuel_qty", "output_qty"}, "only a quantity brings its own unit"

"""The suites by public table. A public table without a suite cannot be judged, so it cannot be released."""

from expectations import (
    benchmark_cell,
    benchmark_sector,
    dim_company,
    dim_delivery,
    dim_kpi,
    dim_party,
    dim_party_record,
    fact_kpi_input,
    fact_kpi_value,
    fct_certificate,
    fct_climate_target,
    fct_data_finding,
    fct_party_hierarchy,
    fct_party_match_rate,
    fct_party_pair,
    fct_purchase_line,
    fct_survey_answer,
    fct_trade_flow,
)
from expectations.declaration import Suite

SUITES: dict[str, Suite] = {
    "benchmark_cell": benchmark_cell.SUITE,
    "benchmark_sector": benchmark_sector.SUITE,
    "dim_company": dim_company.SUITE,
    "dim_delivery": dim_delivery.SUITE,
    "dim_kpi": dim_kpi.SUITE,
    "dim_party": dim_party.SUITE,
    "dim_party_record": dim_party_record.SUITE,
    "fact_kpi_input": fact_kpi_input.SUITE,
    "fact_kpi_value": fact_kpi_value.SUITE,
    "fct_certificate": fct_certificate.SUITE,
    "fct_climate_target": fct_climate_target.SUITE,
    "fct_data_finding": fct_data_finding.SUITE,
    "fct_party_hierarchy": fct_party_hierarchy.SUITE,
    "fct_party_match_rate": fct_party_match_rate.SUITE,
    "fct_party_pair": fct_party_pair.SUITE,
    "fct_purchase_line": fct_purchase_line.SUITE,
    "fct_survey_answer": fct_survey_answer.SUITE,
    "fct_trade_flow": fct_trade_flow.SUITE,
}

"""The suites by public table. A public table without a suite cannot be judged, so it cannot be released."""

from expectations import (
    benchmark_sector,
    dim_delivery,
    dim_kpi,
    fact_kpi_input,
    fact_kpi_value,
    fct_data_finding,
)
from expectations.declaration import Suite

SUITES: dict[str, Suite] = {
    "benchmark_sector": benchmark_sector.SUITE,
    "dim_delivery": dim_delivery.SUITE,
    "dim_kpi": dim_kpi.SUITE,
    "fact_kpi_input": fact_kpi_input.SUITE,
    "fact_kpi_value": fact_kpi_value.SUITE,
    "fct_data_finding": fct_data_finding.SUITE,
}

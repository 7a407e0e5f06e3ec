"""Suite of `benchmark_cell`: benchmarks by sector, region and size class; one row per KPI, position, period."""

from expectations.benchmark_sector import SUITE as OF_SECTORS
from expectations.declaration import Suite, no_rows, present, unique

SUITE: Suite = (
    unique(
        ("kpi_id", "dim_variant", "sector", "region", "size_class", "period_start"),
        "Two benchmarks for one cell can be set off against each other.",
    ),
    present("region", "A benchmark must say for whom; all of them is _T."),
    present("size_class", "A benchmark must say for whom; all of them is _T."),
    *(e for e in OF_SECTORS if e.name not in ("grain_is_unique", "is_no_total")),
    no_rows(
        "sectors_agree",
        "select s.kpi_id from {schema}.benchmark_sector as s left join {batch} as b on s.kpi_id = b.kpi_id "
        "and s.dim_variant = b.dim_variant and s.sector = b.sector and s.period_start = b.period_start "
        "and b.region = '_T' and b.size_class = '_T' "
        "where b.status is distinct from s.status or b.weighted_mean is distinct from s.weighted_mean",
        "A cell withheld in one table and printed in the other is no secret.",
    ),
)

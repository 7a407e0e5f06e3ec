-- What an auditor attacks: the tables of the release with the truth beside them (docs/audit_export.md). Private.
with cells as (
    select
        c.*,
        p.is_withheld as suppressed,
        unnest(string_split(p.tables, ';')) as dims
    from {{ ref('int_benchmark_cells') }} as c
    inner join {{ ref('int_benchmark_pattern') }} as p on c.cell_key = p.cell_key
    where p.tables is not null
),

measures as (
    select *, 'numerator' as measure, n_total as total, n_first as first, n_second as second from cells
    union all
    select *, 'denominator', d_total, d_first, d_second from cells where is_ratio
)

select
    replace(
        concat_ws(
            '__',
            kpi_id,
            nullif(dim_variant, ''),
            extract(year from period_start),
            measure,
            replace(dims, ',', '_')
        ),
        '|',
        '-'
    ) as table_name,
    kpi_id,
    dim_variant,
    period_start,
    period_end,
    measure,
    dims,
    sector,
    region,
    size_class,
    suppressed,
    case when not suppressed then cast(total as double) end as value,
    cast(total as double) as true_value,
    n_groups as n,
    cast(first as double) as top1,
    cast(second as double) as top2
from measures

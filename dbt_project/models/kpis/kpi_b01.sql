with cells as (
    select * from {{ ref('int_benchmark_protected') }}
    where is_sector
),

released as (
    {% for statistic in ['weighted_mean', 'p10', 'p25', 'p50', 'p75', 'p90'] -%}
    select
        sector,
        kpi_id,
        dim_variant as kpi_variant,
        period_start,
        period_end,
        unit,
        '{{ statistic }}' as dim_variant,
        {{ statistic }} as value,
        coverage,
        dq_score
    from cells
    {% if not loop.last %}union all
    {% endif %}
    {%- endfor %}
),

measured as (
    select
        'benchmark_cell' as entity_type,
        sector as entity_id,
        period_start,
        period_end,
        sector as dim_sector,
        concat_ws('|', kpi_id, nullif(kpi_variant, '')) as dim_category,
        dim_variant,
        unit as cell_unit,
        value,
        cast(null as double) as value_low,
        cast(null as double) as value_high,
        cast(null as varchar) as state,
        case when value is not null then coverage end as coverage,
        -- the exact number of contributors is not for release; benchmark_sector shows it as a band
        cast(null as bigint) as n_units,
        case when value is not null then dq_score end as dq_score,
        cast(null as double) as primary_share,
        cast(null as double) as imputed_share,
        cast(null as integer) as worst_tier,
        false as is_lower_bound,
        case when value is null then 'withheld' else 'ok' end as base_status
    from released
)

{{ kpi_result('B01', 'measured', dims=['dim_sector', 'dim_category', 'dim_variant'], unit='m.cell_unit') }}

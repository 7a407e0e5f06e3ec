with results as (
    select
        kpi_id,
        concat_ws('|', dim_variant, dim_category, nullif(dim_standard, 'any')) as dim_variant,
        entity_id,
        cast(extract(year from period_start) as integer) as year,
        period_start,
        period_end,
        dim_variant as kpi_variant,
        dim_hash,
        value,
        unit,
        dq_score
    from {{ ref('int_kpi_values') }}
    where
        entity_type = 'company'
        and status = 'ok'
        and coalesce(imputed_share, 0) <= {{ parameter('imputed_share_max') }}
        and (dim_category is null or kpi_id = 'E04')
        and coalesce(dim_standard, 'any') = 'any'
        and coalesce(dim_sector, dim_region, dim_size_class) is null
),

weighted as (
    select
        md5(concat_ws('|', r.kpi_id, r.dim_variant, c.sector, r.period_start)) as cell_key,
        r.kpi_id,
        r.dim_variant,
        c.sector,
        r.period_start,
        r.period_end,
        r.unit,
        b.is_ratio,
        r.entity_id,
        c.group_id,
        r.value,
        w.weight,
        {{ exact('r.value * cast(w.weight as double)') }} as numerator,
        r.dq_score,
        r.dim_hash as kpi_dim_hash
    from results as r
    inner join {{ ref('benchmark_weights') }} as b
        on r.kpi_id = b.kpi_id and coalesce(b.dim_variant, r.kpi_variant, '') = coalesce(r.kpi_variant, '')
    inner join {{ ref('int_companies') }} as c
        on r.entity_id = c.entity_id and r.year = c.year and c.entity_type = 'company'
    inner join {{ ref('int_benchmark_weights') }} as w
        on r.entity_id = w.entity_id and r.year = w.year and b.weight_name = w.weight_name
    where c.sector is not null
),

centres as (
    select
        cell_key,
        quantile_cont(ln(value), 0.5) as centre
    from weighted
    where value > 0
    group by cell_key
),

spreads as (
    select
        w.cell_key,
        c.centre,
        quantile_cont(abs(ln(w.value) - c.centre), 0.5) as spread
    from weighted as w
    inner join centres as c on w.cell_key = c.cell_key
    where w.value > 0
    group by
        w.cell_key,
        c.centre
),

scored as (
    select
        w.*,
        case when w.value > 0 then {{ ratio('ln(w.value) - s.centre', '1.4826 * s.spread') }} end as robust_z
    from weighted as w
    left join spreads as s on w.cell_key = s.cell_key
)

select
    cell_key,
    kpi_id,
    dim_variant,
    sector,
    period_start,
    period_end,
    unit,
    is_ratio,
    entity_id,
    group_id,
    value,
    weight,
    numerator,
    dq_score,
    kpi_dim_hash,
    round(robust_z, 9) as robust_z,
    coalesce(abs(round(robust_z, 9)) > {{ parameter('outlier_z') }}, false) as is_outlier
from scored

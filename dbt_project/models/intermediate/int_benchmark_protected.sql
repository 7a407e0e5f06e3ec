-- What may be known about a cell. Everything that leaves the network about it is read from here and from nowhere else.
with companies as (
    select
        sector,
        region,
        size_class,
        year,
        count(*) as n_in_scope
    from {{ ref('int_benchmark_places') }}
    group by
        sector,
        region,
        size_class,
        year
),

cells as (
    select
        cell_key,
        kpi_id,
        dim_variant,
        sector,
        region,
        size_class,
        period_start,
        period_end,
        unit,
        count(*) as n_companies,
        {{ ratio('sum(' ~ exact('dq_score') ~ ')', 'count(dq_score)') }} as dq_score,
        {{ ratio('sum(case when not is_outlier then numerator end)', 'sum(case when not is_outlier then weight end)') }}
            as weighted_mean
    from {{ ref('int_benchmark_members') }}
    group by
        cell_key,
        kpi_id,
        dim_variant,
        sector,
        region,
        size_class,
        period_start,
        period_end,
        unit
),

quantiles as (
    select
        cell_key,
        max(case when quantile = 'p10' then value end) as p10,
        max(case when quantile = 'p25' then value end) as p25,
        max(case when quantile = 'p50' then value end) as p50,
        max(case when quantile = 'p75' then value end) as p75,
        max(case when quantile = 'p90' then value end) as p90
    from {{ ref('int_benchmark_quantiles') }}
    group by cell_key
)

select
    c.cell_key,
    c.kpi_id,
    c.dim_variant,
    c.sector,
    c.region,
    c.size_class,
    -- the cells that benchmark_sector and B01 show: one whole sector each
    coalesce(t.is_sector, false) as is_sector,
    c.period_start,
    c.period_end,
    case when not t.is_withheld then {{ count_band('s.n_groups') }} end as n_band,
    case when not t.is_withheld then {{ significant('c.weighted_mean', 'p.significant_digits') }} end as weighted_mean,
    q.p10,
    q.p25,
    q.p50,
    q.p75,
    q.p90,
    c.unit,
    -- in steps: an exact share of a known number of companies would give the exact number of contributors
    case
        when not t.is_withheld then floor(least({{ ratio('c.n_companies', 'm.n_in_scope') }}, 1) * 4) / 4
    end as coverage,
    case when not t.is_withheld then round(c.dq_score * 2) / 2 end as dq_score,
    case when not t.is_withheld then 'ok' else 'withheld' end as status
from cells as c
inner join {{ ref('int_benchmark_safety') }} as s on c.cell_key = s.cell_key
inner join {{ ref('int_benchmark_pattern') }} as t on c.cell_key = t.cell_key and t.tables is not null
left join quantiles as q on c.cell_key = q.cell_key
left join companies as m
    on
        c.sector = m.sector
        and c.region = m.region
        and c.size_class = m.size_class
        and cast(extract(year from c.period_start) as integer) = m.year
cross join {{ ref('stg_landing__sdc_policy') }} as p

-- The textbook statistics of a cell, company by company. They give single companies away and never leave this schema.
with contributions as (
    select
        cell_key,
        value,
        weight,
        numerator,
        is_outlier
    from {{ ref('int_benchmark_rows') }}
),

quantiles as (
    select
        cell_key,
        count(*) as n_companies,
        count(case when is_outlier then 1 end) as n_outliers,
        quantile_cont(value, 0.10) as p10,
        quantile_cont(value, 0.25) as p25,
        quantile_cont(value, 0.50) as p50,
        quantile_cont(value, 0.75) as p75,
        quantile_cont(value, 0.90) as p90,
        {{ ratio('sum(case when not is_outlier then numerator end)', 'sum(case when not is_outlier then weight end)') }}
            as weighted_mean
    from contributions
    group by cell_key
),

deviations as (
    select
        c.cell_key,
        quantile_cont(abs(c.value - q.p50), 0.5) as mad
    from contributions as c
    inner join quantiles as q on c.cell_key = q.cell_key
    group by c.cell_key
)

select
    q.cell_key,
    q.n_companies,
    q.n_outliers,
    round(q.p10, 9) as p10,
    round(q.p25, 9) as p25,
    round(q.p50, 9) as p50,
    round(q.p75, 9) as p75,
    round(q.p90, 9) as p90,
    round(d.mad, 9) as mad,
    round(q.weighted_mean, 9) as weighted_mean
from quantiles as q
inner join deviations as d on q.cell_key = d.cell_key

-- What an insider knows: the contributions of each company group, in the finest position. Private.
select
    r.kpi_id,
    r.dim_variant,
    r.period_start,
    c.sector,
    coalesce(c.country, '_U') as region,
    coalesce(c.size_class, '_U') as size_class,
    r.group_id,
    cast(sum(r.numerator) as double) as numerator,
    cast(sum(r.weight) as double) as denominator
from {{ ref('int_benchmark_rows') }} as r
inner join {{ ref('int_companies') }} as c
    on
        r.entity_id = c.entity_id
        and cast(extract(year from r.period_start) as integer) = c.year
        and c.entity_type = 'company'
where not r.is_outlier
group by
    r.kpi_id,
    r.dim_variant,
    r.period_start,
    c.sector,
    coalesce(c.country, '_U'),
    coalesce(c.size_class, '_U'),
    r.group_id

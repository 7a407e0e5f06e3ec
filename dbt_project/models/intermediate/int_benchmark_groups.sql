-- Who contributes is the company group, never the site or the single company: everything is pooled before any rule.
with pooled as (
    select
        cell_key,
        group_id,
        is_ratio,
        sum(numerator) as numerator,
        sum(weight) as denominator,
        sum(case when not is_outlier then numerator end) as mean_numerator,
        sum(case when not is_outlier then weight end) as mean_denominator
    from {{ ref('int_benchmark_members') }}
    group by
        cell_key,
        group_id,
        is_ratio
)

select
    cell_key,
    group_id,
    is_ratio,
    {{ ratio('numerator', 'denominator') }} as value,
    mean_numerator,
    mean_denominator
from pooled

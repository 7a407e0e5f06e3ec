-- The primary rules of disclosure control: which cells are sensitive. What else must be withheld follows from them.
with policy as (
    select * from {{ ref('stg_landing__sdc_policy') }}
),

contributions as (
    select
        cell_key,
        is_ratio,
        group_id,
        value,
        mean_numerator as numerator,
        mean_denominator as denominator,
        row_number() over (partition by cell_key order by mean_numerator desc, group_id) as numerator_rank,
        row_number() over (partition by cell_key order by mean_denominator desc, group_id) as denominator_rank
    from {{ ref('int_benchmark_groups') }}
    where mean_numerator is not null
),

cells as (
    select
        cell_key,
        is_ratio,
        count(*) as n_groups,
        case when count(*) = 1 then min(group_id) end as only_group,
        min(value) as lowest,
        max(value) as highest,
        min(numerator) < 0 or min(denominator) < 0 as is_signed,
        sum(numerator) as n_total,
        sum(case when numerator_rank = 1 then numerator else 0 end) as n_first,
        sum(case when numerator_rank = 2 then numerator else 0 end) as n_second,
        sum(denominator) as d_total,
        sum(case when denominator_rank = 1 then denominator else 0 end) as d_first,
        sum(case when denominator_rank = 2 then denominator else 0 end) as d_second
    from contributions
    group by
        cell_key,
        is_ratio
),

quantile_groups as (
    select
        cell_key,
        count(value) as n_quantile_groups
    from {{ ref('int_benchmark_groups') }}
    group by cell_key
),

judged as (
    select
        c.*,
        least(q.n_quantile_groups, c.n_groups) >= p.quantile_min as has_quantiles,
        case when c.is_signed then 2 else 1 end * p.min_contributors as min_groups,
        not c.is_signed and {{ is_dominated('c.n_total', 'c.n_first', 'c.n_second', 'p.p_percent') }}
            as is_numerator_dominated,
        -- a total that counts companies is no secret; the denominator of a ratio is a magnitude like any other
        c.is_ratio and not c.is_signed and {{ is_dominated('c.d_total', 'c.d_first', 'c.d_second', 'p.p_percent') }}
            as is_denominator_dominated,
        coalesce(
            not c.is_signed and (
                c.n_first > p.max_share_percent / 100.0 * c.n_total
                or (c.is_ratio and c.d_first > p.max_share_percent / 100.0 * c.d_total)
            ),
            false
        ) as is_above_cap
    from cells as c
    inner join quantile_groups as q on c.cell_key = q.cell_key
    cross join policy as p
)

select
    cell_key,
    n_groups,
    only_group,
    n_total,
    n_first,
    n_second,
    d_total,
    d_first,
    d_second,
    is_signed,
    has_quantiles,
    -- where all are equal, the mean tells everyone's figure
    n_groups >= min_groups
    and not is_numerator_dominated
    and not is_denominator_dominated
    and not is_above_cap
    and coalesce(highest > lowest, false) as is_safe
from judged

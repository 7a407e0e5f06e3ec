-- Quantiles that are nobody's own figure: each is the mean of neighbouring contributors around the type-7 position.
with policy as (
    select
        quantile_neighbours as neighbours,
        significant_digits as digits
    from {{ ref('stg_landing__sdc_policy') }}
),

ranked as (
    select
        g.cell_key,
        g.value,
        row_number() over (partition by g.cell_key order by g.value, g.group_id) as position,
        count(*) over (partition by g.cell_key) as n_groups
    from {{ ref('int_benchmark_groups') }} as g
    inner join {{ ref('int_benchmark_safety') }} as s on g.cell_key = s.cell_key
    inner join {{ ref('int_benchmark_pattern') }} as p on g.cell_key = p.cell_key
    where not p.is_withheld and s.has_quantiles and g.value is not null
),

shares as (
    select 'p10' as quantile, 0.10 as share
    union all
    select 'p25', 0.25
    union all
    select 'p50', 0.50
    union all
    select 'p75', 0.75
    union all
    select 'p90', 0.90
),

windows as (
    select
        c.cell_key,
        s.quantile,
        p.neighbours,
        p.digits,
        -- the window is moved inwards where it would reach over an end of the row
        greatest(
            least(
                cast(round((c.n_groups - 1) * s.share + 1) as integer) - cast(floor(p.neighbours / 2.0) as integer),
                c.n_groups - p.neighbours + 1
            ),
            1
        ) as first_position
    from (select distinct cell_key, n_groups from ranked) as c
    cross join shares as s
    cross join policy as p
),

means as (
    select
        w.cell_key,
        w.quantile,
        w.digits,
        {{ ratio('sum(' ~ exact('r.value') ~ ')', 'count(*)') }} as value
    from windows as w
    inner join ranked as r
        on
            w.cell_key = r.cell_key
            and r.position between w.first_position and w.first_position + w.neighbours - 1
    group by
        w.cell_key,
        w.quantile,
        w.digits
)

select
    cell_key,
    quantile,
    {{ significant('value', 'digits') }} as value
from means

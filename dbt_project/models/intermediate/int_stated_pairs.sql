{#-
  Shares of two answers of the same site or company: complete pairs only (M2); a part above its whole is a contradiction
  and so unknown. Bounds take the missing parts as nothing and as the whole (U3), where their whole is known.
-#}
with

pairs (kpi_id, dim_variant, part_id, whole_id, most) as (
    values {{ stated_pairs() }}
),

units as (
    select
        p.kpi_id,
        p.dim_variant,
        p.most,
        a.entity_id,
        a.year,
        a.site_id,
        max(case when a.question_id = p.part_id then a.value end) as part,
        max(case when a.question_id = p.whole_id and a.value >= 0 then a.value end) as whole,
        max(a.tier) as tier,
        bool_or(a.is_not_applicable) as is_not_applicable
    from pairs as p
    inner join {{ ref('int_stated_answers') }} as a on a.question_id in (p.part_id, p.whole_id) and a.item = ''
    group by p.kpi_id, p.dim_variant, p.most, a.entity_id, a.year, a.site_id
),

-- weeks of work are told of sites as well
levels as (
    select *, false as is_site from units
    union all
    select * replace (entity_id || '|' || site_id as entity_id), true from units where kpi_id = 'S04' and site_id <> ''
),

judged as (
    select
        *,
        coalesce(part between 0 and most * whole, false) as is_complete
    from levels
    where not is_not_applicable
),

summed as (
    select
        kpi_id,
        entity_id,
        year,
        dim_variant,
        most,
        is_site,
        count(*) as n_units,
        count(whole) as n_wholes,
        count(case when is_complete then 1 end) as n_complete,
        sum(case when is_complete then part end) as part,
        sum(case when is_complete then whole end) as complete_whole,
        sum(whole) as whole,
        {{ weighed_mean('case when is_complete then tier end', 'case when is_complete then whole end') }} as dq_score,
        {{ weighed_mean('case when is_complete then cast(tier <= 2 as integer) end',
                        'case when is_complete then whole end') }} as primary_share,
        max(case when is_complete then tier end) as worst_tier
    from judged
    group by kpi_id, entity_id, year, dim_variant, most, is_site
)

select
    kpi_id,
    entity_id,
    year,
    dim_variant, is_site,
    n_units,
    part, complete_whole, whole,
    null as state,
    {{ ratio('part', 'complete_whole') }} as value,
    case when n_wholes = n_units then {{ ratio('coalesce(part, 0)', 'whole') }} end as value_low,
    case
        when n_wholes = n_units then {{ ratio('coalesce(part, 0) + most * (whole - coalesce(complete_whole, 0))',
            'whole') }}
    end
        as value_high,
    coalesce({{ ratio('coalesce(complete_whole, 0)', 'whole') }}, {{ ratio('n_complete', 'n_units') }})
    * {{ ratio('greatest(n_wholes, n_complete)', 'n_units') }} as coverage,
    dq_score,
    primary_share,
    worst_tier,
    case when n_complete = 0 then 'not_reported' else 'ok' end as base_status
from summed
union all
select distinct
    u.kpi_id, u.entity_id, u.year, u.dim_variant, u.is_site, 0, cast(null as decimal(38, 9)),
    cast(null as decimal(38, 9)), cast(null as decimal(38, 9)), null, cast(null as double),
    cast(null as double), cast(null as double), 0, cast(null as double), cast(null as double), cast(null as integer),
    'not_applicable'
from levels as u
where not exists (
    select 1
    from judged as j
    where j.kpi_id = u.kpi_id and j.dim_variant = u.dim_variant and j.entity_id = u.entity_id and j.year = u.year
)

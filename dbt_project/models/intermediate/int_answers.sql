-- Current answers brought to calendar years (catalogue §2.3). Sites count where the company gave no answer of its own.
with answers as (
    select
        a.*,
        a.state in ('value', 'zero') as is_observed
    from {{ ref('int_answers__ranked') }} as a
    where a.is_current
),

years as (
    select distinct cast(extract(year from period_end) as integer) as year
    from answers
    union
    select distinct cast(extract(year from period_start) as integer) as year
    from answers
    union
    select distinct cast(extract(year from period_end) as integer) - 1 as year
    from answers
    where value_kind = 'stock'
),

aligned as (
    select
        a.*,
        y.year,
        make_date(y.year, 12, 31) as year_end,
        least(a.period_end, make_date(y.year, 12, 31)) - greatest(a.period_start, make_date(y.year, 1, 1)) + 1
            as overlap_days,
        a.period_end - a.period_start + 1 as period_days,
        abs(make_date(y.year, 12, 31) - a.period_end) as distance_days
    from answers as a
    cross join years as y
),

usable as (
    select
        *,
        case when value_kind = 'stock' then -distance_days else overlap_days end as fit
    from aligned
    where
        (value_kind = 'stock' and distance_days <= 92)
        or (coalesce(value_kind, 'text') <> 'stock' and overlap_days >= {{ parameter('prorate_min_days') }})
),

-- Two fiscal years may share a calendar year: the second counts where it adds days, never twice.
ranked as (
    select
        u.*,
        row_number() over period_fit as fit_rank,
        first_value(u.period_start) over period_fit as best_start,
        first_value(u.period_end) over period_fit as best_end
    from usable as u
    window period_fit as (
        partition by u.entity_id, u.site_id, u.question_id, u.item, u.year
        order by u.is_observed desc, u.fit desc, u.period_end desc
    )
),

chosen as (
    select
        r.*,
        bool_or(r.is_observed and r.site_id is null) over question_year as has_company_value,
        bool_or(r.site_id is not null) over question_year as has_sites
    from ranked as r
    where
        r.fit_rank = 1
        or (
            r.is_observed and r.value_kind in ('flow', 'count')
            and (r.period_start > r.best_end or r.period_end < r.best_start)
        )
    window question_year as (partition by r.entity_id, r.question_id, r.item, r.year)
)

select
    c.entity_id,
    c.site_id,
    c.question_id,
    c.item,
    c.year,
    c.period_start,
    c.period_end,
    case
        when c.value_kind in ('flow', 'count') then {{ exact('c.value_canonical * c.overlap_days / c.period_days') }}
        else c.value_canonical
    end as value,
    c.value_raw as value_text,
    c.unit,
    c.state as value_state,
    c.na_reason,
    {{ aged_tier('c.data_tier', "date_diff('month', c.period_end, c.year_end)") }} as data_tier,
    coalesce(c.u_rel, t.u_rel) as u_rel,
    c.is_imputed,
    c.delivery_id,
    c.row_number,
    c.source_ref
from chosen as c
left join {{ ref('data_tiers') }} as t
    on {{ aged_tier('c.data_tier', "date_diff('month', c.period_end, c.year_end)") }} = t.tier
where (c.site_id is null and (c.is_observed or not c.has_sites)) or (c.site_id is not null and not c.has_company_value)

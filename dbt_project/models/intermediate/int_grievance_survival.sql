{#- Time from a grievance to its closure (catalogue S11): cases opened in the year; open at its end is censored. -#}
with cases as (
    select
        entity_id,
        site_id,
        item,
        min(try_cast(stated_text as date)) filter (where question_id = 'case_opened') as opened,
        max(try_cast(stated_text as date)) filter (where question_id = 'case_closed') as closed
    from {{ ref('int_stated_answers') }}
    where question_id in ('case_opened', 'case_closed') and item <> ''
    group by entity_id, site_id, item
),

dated as (
    select
        *,
        make_date(cast(extract(year from opened) as integer), 1, 1) as period_start,
        least(
            make_date(cast(extract(year from opened) as integer), 12, 31),
            (select cast(max(b.as_of) as date) from {{ ref('stg_landing__build') }} as b)
        ) as as_of_date
    from cases
    where opened is not null and coalesce(closed >= opened, true)
),

times as (
    select
        entity_id,
        period_start,
        cast(period_start + interval 1 year - interval 1 day as date) as period_end,
        'all' as dim_category,
        least(coalesce(closed, as_of_date), as_of_date) - opened as days,
        coalesce(closed <= as_of_date, false) as is_event
    from dated
    where opened <= as_of_date
),

{{ survival_steps() }}

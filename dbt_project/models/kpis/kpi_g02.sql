{#-
  Seven systems per site, or for the company where it answers as a whole. A certificate counts as present as long as it
  is valid on the last day of the year; a system that nobody was told of is unknown.
-#}
with

answers as (
    select
        entity_id,
        year,
        site_id,
        item,
        max(case when question_id = 'ms_status' then replace(stated_text, ' ', '_') end) as status,
        max(case when question_id = 'ms_certified' then stated_text end) as certified,
        max(case when question_id = 'ms_valid_to' then try_cast(stated_text as date) end) as valid_to,
        coalesce(bool_or(is_not_applicable) filter (where question_id = 'ms_status'), false) as is_not_applicable,
        max(tier) as tier
    from {{ ref('int_stated_answers') }}
    where question_id in ('ms_status', 'ms_certified', 'ms_valid_to')
    group by entity_id, year, site_id, item
),

sites as (
    select distinct entity_id, year, site_id from answers
),

-- all seven are asked: what was not answered is unknown
systems as (
    select
        s.entity_id,
        s.year,
        not coalesce(a.is_not_applicable, false) as is_applicable,
        case
            when a.certified = 'yes' and a.valid_to >= make_date(cast(s.year as integer), 12, 31) then true
            when a.status in ('in_force', 'present', 'yes') then true
            when a.status in ('planned', 'absent', 'no') then false
        end as is_present,
        a.tier
    from sites as s
    cross join
        unnest([
            'environment', 'energy', 'safety', 'continuity', 'due_diligence', 'anti_corruption', 'information_security'
        ]) as m (item)
    left join answers as a
        on
            s.entity_id = a.entity_id
            and s.year = a.year
            and s.site_id is not distinct from a.site_id
            and m.item = a.item
),

counted as (
    select
        entity_id,
        year,
        'headline' as dim_variant,
        null as state,
        count(case when is_applicable then 1 end) as n_units,
        count(case when is_applicable then is_present end) as n_known,
        count(case when is_applicable and is_present then 1 end) as n_present,
        avg(case when is_applicable and is_present is not null then tier end) as dq_score,
        avg(case when is_applicable and is_present is not null then cast(tier <= 2 as integer) end) as primary_share,
        max(case when is_applicable and is_present is not null then tier end) as worst_tier
    from systems
    group by entity_id, year
),

shares as (
    select
        *,
        {{ flag_share('n_present', 'n_known', 'n_units') }},
        {{ ratio('n_known', 'n_units') }} as coverage,
        {{ flag_status('n_known', 'n_units') }} as base_status
    from counted
),

measured as (
    {{ answered_measures('shares', ['headline']) }}
)

{{ kpi_result('G02', 'measured') }}

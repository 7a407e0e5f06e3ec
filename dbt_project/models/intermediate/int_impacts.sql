{#- Adverse impacts as they stood at the end of each calendar year: identified in it, or open when it began. -#}
with states as (
    select
        *,
        status in ('remediated_verified', 'closed_without_remedy') as is_closed
    from {{ ref('int_impact_states') }}
),

bounds as (
    select
        cast(max(b.as_of) as date) as as_of_date,
        extract(year from min(s.identified_at)) as first_year
    from {{ ref('stg_landing__build') }} as b
    cross join states as s
),

-- no year begins after the day the candidate speaks of
starts as (
    select
        as_of_date,
        unnest(generate_series(make_date(first_year, 1, 1), as_of_date, interval 1 year)) as started
    from bounds
),

years as (
    select
        cast(started as date) as period_start,
        cast(started + interval 1 year - interval 1 day as date) as period_end,
        least(cast(started + interval 1 year - interval 1 day as date), as_of_date) as as_of_date
    from starts
),

-- before its first delivered state a finding is open with the facts of that state
stood as (
    select
        y.period_start,
        y.period_end,
        y.as_of_date,
        s.*,
        row_number() over (
            partition by s.finding_id, y.period_start
            order by
                s.status_at <= y.as_of_date desc,
                case when s.status_at <= y.as_of_date then s.status_at end desc,
                s.status_at
        ) as rank_no,
        max(s.status_at) filter (where s.is_closed and s.status_at < y.period_start) over per_year as closed_before,
        max(s.status_at) filter (where not s.is_closed and s.status_at < y.period_start) over per_year as open_before
    from states as s
    inner join years as y on s.identified_at <= y.as_of_date
    window per_year as (partition by s.finding_id, y.period_start)
)

select
    finding_id,
    period_start,
    period_end,
    as_of_date,
    entity_id,
    supplier_id,
    site_id,
    issue_code,
    impact_kind,
    level,
    severity_class,
    is_severity_partial,
    n_decisive,
    likelihood,
    power({{ parameter('severity_weight_base') }}, severity_class - 1) as weight,
    identified_at,
    identified_at >= period_start as is_new,
    status_at <= as_of_date and status = 'remediated_verified' and verified_at <= as_of_date as is_remedied,
    case when status_at <= as_of_date and verified_at <= as_of_date then verified_at end as verified_at,
    case when status_at <= as_of_date then status else 'open' end as status,
    delivery_id,
    row_number
from stood
where
    rank_no = 1
    and (identified_at >= period_start or closed_before is null or coalesce(open_before > closed_before, false))

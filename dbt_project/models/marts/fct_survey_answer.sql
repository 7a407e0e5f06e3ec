-- Every landed answer as it was sent and as it was read; corrected ones stay, marked as no longer current.
with answers as (
    select * from {{ ref('int_answers__ranked') }}
),

tiers as (
    select * from {{ ref('data_tiers') }}
)

select
    a.entity_id,
    a.site_id,
    a.question_id,
    a.sent_question_id,
    nullif(a.item, '') as item,
    cast(extract(year from a.period_end) as integer) as year,
    a.period_start as period_start_date,
    a.period_end as period_end_date,
    a.value_raw,
    a.value_num,
    a.unit_raw,
    a.currency,
    a.value_canonical as value,
    a.unit,
    a.state as value_state,
    a.na_reason,
    cast(a.data_tier as integer) as data_tier,
    cast(coalesce(a.u_rel, t.u_rel) as decimal(28, 9)) as u_rel,
    a.is_imputed,
    a.is_current,
    a.method,
    a.verified_at as verified_date,
    a.answered_at as answered_date,
    a.survey_version,
    a.delivery_id,
    a.row_number,
    a.source_ref
from answers as a
left join tiers as t on a.data_tier = t.tier

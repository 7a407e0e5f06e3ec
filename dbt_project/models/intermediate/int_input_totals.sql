{#-
  What each buyer spends on all inputs: as answered in the survey, else purchases of the register, but never less than
  its own lines add up to. Without any statement nobody knows what the lines leave out, so the total stays NULL.
-#}
with

lines as (
    select
        buyer_id,
        year,
        sum(spend_eur) as line_eur,
        -- A line that could not be converted is spend that is known to exist and missing in the sum.
        {{ spend_coverage('spend_eur', 'spend_weight_eur', 'case when spend_weight_eur is not null then 1 else 0 end',
            '1') }} as spend_coverage
    from {{ ref('int_purchases') }}
    group by buyer_id, year
),

answers as (
    select
        entity_id,
        year,
        sum(value) as answered_eur,
        max(data_tier) as data_tier,
        min(delivery_id) as delivery_id,
        min(row_number) as row_number
    from {{ ref('int_answers') }}
    where question_id = 'total_input_spend' and value is not null
    group by entity_id, year
),

registered as (
    select
        entity_id,
        year,
        sum({{ exact('intermediate_purchases * overlap_share * rate') }}) as registered_eur,
        min(delivery_id) as delivery_id,
        min(row_number) as row_number
    from {{ ref('int_company_parts') }}
    where intermediate_purchases is not null
    group by entity_id, year
)

select
    l.buyer_id,
    l.year,
    coalesce(l.line_eur, 0) as line_eur,
    l.spend_coverage,
    case
        when coalesce(a.answered_eur, r.registered_eur) is not null
            then greatest(coalesce(a.answered_eur, r.registered_eur), coalesce(l.line_eur, 0))
    end as total_eur,
    case when a.answered_eur is not null then 'survey' when r.registered_eur is not null then 'register' end as basis,
    case when a.answered_eur is not null then a.data_tier else 2 end as data_tier,
    coalesce(a.delivery_id, r.delivery_id) as delivery_id,
    case when a.delivery_id is not null then a.row_number else r.row_number end as row_number
from lines as l
left join answers as a on l.buyer_id = a.entity_id and l.year = a.year
left join registered as r on l.buyer_id = r.entity_id and l.year = r.year

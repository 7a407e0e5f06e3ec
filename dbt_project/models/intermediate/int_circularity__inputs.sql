{%- set feed = ['f_recycled', 'f_reused', 'f_biological'] -%}
{%- set collected = ['c_recycling', 'c_reuse', 'c_composting', 'c_energy'] -%}
{%- set shares = feed + collected + ['e_feedstock', 'e_recycling'] -%}
{%- set use = ['lifetime', 'lifetime_avg', 'use_intensity', 'use_intensity_avg'] -%}
{#-
  What the material circularity indicator (E19) needs of each product. Shares lie in [0, 1] and each group sums up to at
  most 1: what contradicts that is unknown. A share that does not apply leaves its sum.
-#}
with answers as (
    select *
    from {{ ref('int_answers') }}
    where
        starts_with(question_id, 'mci_')
        or question_id in ('{{ use | join("', '") }}')
),

stated as (
    select
        entity_id,
        coalesce(site_id, '') as site_id,
        item as product_id,
        year,
        max(case when question_id = 'mci_mass_t' and value >= 0 then value end) as mass_t,
        {% for share in shares -%}
        max(case
            when question_id = 'mci_{{ share }}' and value_state = 'not_applicable' then 0
            when question_id = 'mci_{{ share }}' and value between 0 and 1 then cast(value as double)
        end) as {{ share }},
        {% endfor -%}
        {% for name in use -%}
        max(case when question_id = '{{ name }}' then cast(value as double) end) as {{ name }},
        {% endfor -%}
        sum(data_tier) filter (where value is not null and question_id <> 'mci_mass_t') as tiers,
        count(value) filter (where question_id <> 'mci_mass_t') as n_values,
        count(value) filter (where question_id <> 'mci_mass_t' and data_tier <= 2) as n_primary,
        count(value) filter (where question_id <> 'mci_mass_t' and is_imputed) as n_imputed,
        max(data_tier) filter (where value is not null) as worst_tier,
        bool_and(value_state = 'not_applicable') filter (where question_id <> 'mci_mass_t') as is_not_applicable
    from answers
    group by entity_id, coalesce(site_id, ''), item, year
),

judged as (
    select
        *,
        round(list_sum([{{ feed | join(', ') }}]), 9) > 1 as is_feed_impossible,
        round(list_sum([{{ collected | join(', ') }}]), 9) > 1 as is_collection_impossible
    from stated
)

select
    * exclude ({{ shares | join(', ') }}),
    {% for share in feed -%}
    case when is_feed_impossible is not true then {{ share }} end as {{ share }},
    {% endfor -%}
    {% for share in collected -%}
    case when is_collection_impossible is not true then {{ share }} end as {{ share }},
    {% endfor -%}
    -- An efficiency of recycling matters only where something is recycled.
    case when is_feed_impossible is not true and f_recycled = 0 then 1 else e_feedstock end as e_feedstock,
    case when is_collection_impossible is not true and c_recycling = 0 then 1 else e_recycling end as e_recycling
from judged

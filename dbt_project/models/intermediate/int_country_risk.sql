{#-
  Governance risk of a country and year (R07), only where all six estimates are known. One edition for the whole series:
  editions are recalculated back to their start, so the newest one delivered replaces all others. A year without
  estimates takes the last known ones, for as long as structural data may be carried forward (§2.2).
-#}
with

estimates as (
    select
        i.country,
        i.year,
        i.value,
        regexp_extract(upper(i.indicator_id), '(VA|PV|GE|RQ|RL|CC)[.]EST$', 1) as dimension_code,
        i.edition,
        i.delivery_id,
        i.row_number,
        d.received_at
    from {{ ref('stg_country_context__indicator') }} as i
    left join {{ ref('stg_landing__delivery') }} as d on i.delivery_id = d.delivery_id
    where i.dataset = 'world_bank' and i.country is not null and i.value is not null
),

editions as (
    select
        *,
        dense_rank() over (order by coalesce(edition, '') desc, received_at desc, delivery_id desc) as edition_rank
    from estimates
    where dimension_code <> ''
),

risks as (
    select
        country,
        year,
        -- Governance scores are also published on other scales: a mean of such values is no estimate.
        case
            when count(distinct dimension_code) = 6 and max(abs(value)) <= 5
                then greatest(0, least(1, (2.5 - avg(cast(value as double))) / 5))
        end as risk,
        max(edition) as edition,
        min(delivery_id) as delivery_id,
        min(row_number) as row_number
    from editions
    where edition_rank = 1
    group by country, year
),

years as (
    select distinct year from {{ ref('int_supply_lines') }}
)

select
    r.country,
    y.year,
    r.year as estimate_year,
    r.risk,
    r.edition,
    r.delivery_id,
    r.row_number
from risks as r
inner join years as y
    on r.year <= y.year and r.year >= y.year - {{ parameter('carry_forward_months_structural') }} / 12
where r.risk is not null
qualify row_number() over (partition by r.country, y.year order by r.year desc) = 1

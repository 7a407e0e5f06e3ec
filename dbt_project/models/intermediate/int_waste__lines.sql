{#-
  Waste by treatment. Codes D and R1 (incineration, also with energy recovery) are disposal, R2 to R13 diversion. A total
  without a code counts for what the coded lines leave open: its fate is unknown.
-#}
with answers as (
    select
        *,
        upper(split_part(item, '|', 1)) as treatment_code,
        list_contains(string_split(item, '|'), 'hazardous') as is_hazardous
    from {{ ref('int_answers') }}
    where question_id = 'waste_t'
),

coded as (
    select
        entity_id,
        site_id,
        year,
        sum(value) as coded_t
    from answers
    where treatment_code <> ''
    group by entity_id, site_id, year
)

select
    a.entity_id,
    a.year,
    a.site_id,
    a.item,
    a.treatment_code,
    a.is_hazardous,
    case
        when a.treatment_code <> '' then a.value
        else greatest(a.value - coalesce(c.coded_t, 0), 0)
    end as waste_t,
    case
        when regexp_matches(a.treatment_code, '^(D([1-9]|1[0-5])|R1)$') then 0
        when regexp_matches(a.treatment_code, '^R([2-9]|1[0-3])$') then 1
    end as is_diverted,
    a.value_state <> 'not_applicable' as is_in_scope,
    a.data_tier as tier,
    cast(a.u_rel as double) as u_rel,
    a.is_imputed,
    a.delivery_id,
    a.row_number
from answers as a
left join coded as c
    on
        a.entity_id = c.entity_id and a.year = c.year and a.site_id is not distinct from c.site_id
        and a.treatment_code = ''
-- A total that the coded lines add up to says nothing more.
where a.treatment_code <> '' or a.value is null or c.coded_t is null or a.value > c.coded_t

{#-
  Agreed targets as they were in force on the last day of each year: an indicator counts from the day on which its
  version was signed, and a later version never changes what an earlier year is measured by. A set needs both pillars.
-#}
with

builds as (
    select cast(as_of as date) as as_of_date from {{ source('landing', 'build') }}
),

versions as (
    select
        t.*,
        coalesce(
            t.pillar,
            case
                when left(t.kpi_id, 1) = 'R' then 'resilience'
                when left(t.kpi_id, 1) in ('E', 'S', 'G', 'D', 'C', 'P') then 'sustainability'
            end
        ) as served_pillar
    from {{ ref('stg_cooperation__target') }} as t
    left join {{ ref('stg_landing__delivery') }} as d on t.delivery_id = d.delivery_id
    qualify
        row_number() over (
            partition by t.target_id, t.agreed_at
            order by d.received_at desc, t.delivery_id desc, t.row_number desc
        ) = 1
),

years as (
    select distinct cast(extract(year from period_start) as integer) as year
    from {{ ref('int_kpi_values') }}
    where extract(year from period_start) = extract(year from period_end)
),

in_force as (
    select
        v.*,
        y.year
    from versions as v
    inner join years as y on v.agreed_at <= make_date(y.year, 12, 31)
    -- A year that has not ended, and a sign-off still to come, say nothing yet.
    inner join builds as b on make_date(y.year, 12, 31) <= b.as_of_date
    where trim(v.agreed_by) <> ''
    qualify row_number() over (partition by v.target_id, y.year order by v.agreed_at desc) = 1
),

with_sets as (
    select
        *,
        count(distinct served_pillar) over (partition by target_set_id, year) as n_pillars
    from in_force
)

select
    target_id,
    year,
    target_set_id,
    served_pillar as pillar,
    nullif(trim(entity_id), '') as entity_id,
    kpi_id,
    nullif(trim(dim_variant), '') as dim_variant,
    cast(base_year as integer) as base_year,
    cast(base_value as double) as base_value,
    cast(target_year as integer) as target_year,
    cast(target_value as double) as target_value,
    path_kind,
    agreed_by,
    agreed_at,
    agreed_path,
    -- A target that was agreed alone belongs to no set, and nothing is said about its pillars.
    target_set_id is null or n_pillars = 2 as is_valid_set,
    delivery_id,
    row_number
from with_sets

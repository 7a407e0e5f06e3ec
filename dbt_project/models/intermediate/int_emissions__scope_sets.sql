-- Scope sets of the emission intensities (E05, E06): which results are added up for each company or site and year.
with emissions as (
    select * from {{ ref('int_emissions') }}
    where base_status <> 'not_applicable'
    union all
    select * from {{ ref('int_emissions__sites') }}
    where base_status <> 'not_applicable'
),

scope_sets as (
    select
        's12_location' as scope_set,
        'E01' as kpi_id
    union all
    select 's12_location', 'E02'
    union all
    select 's12_market', 'E01'
    union all
    select 's12_market', 'E03'
    union all
    select 's123_market', 'E01'
    union all
    select 's123_market', 'E03'
    union all
    select 's123_market', 'E04'
)

select
    s.scope_set,
    s.kpi_id,
    m.entity_id,
    m.year,
    m.dim_category,
    m.value,
    m.half_width,
    m.coverage,
    m.dq_score,
    m.primary_share,
    m.imputed_share,
    m.worst_tier,
    m.is_lower_bound,
    m.base_status
from scope_sets as s
inner join emissions as m on s.kpi_id = m.kpi_id

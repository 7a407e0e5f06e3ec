with texts as (
    select * from {{ ref('kpi_texts') }}
),

reference_codes as (
    select
        kpi_id,
        string_agg(case when framework = 'SDG' then code end, ', ' order by code) as sdg_codes,
        string_agg(case when framework = 'ESRS' then code end, ', ' order by code) as esrs_codes,
        string_agg(case when framework = 'GRI' then code end, ', ' order by code) as gri_codes,
        string_agg(case when framework = 'VSME' then code end, ', ' order by code) as vsme_codes,
        string_agg(case when framework = 'UNGC' then code end, ', ' order by code) as ungc_codes,
        string_agg(case when framework = 'OECD' then code end, ', ' order by code) as oecd_codes
    from {{ ref('kpi_reference_map') }}
    group by kpi_id
)

select
    d.kpi_id,
    d.kpi_key,
    b.catalogue_version as kpi_version,
    t.title,
    t.formula,
    d.unit,
    d.direction,
    d.grain,
    d.missing_rule,
    d.coverage_basis,
    cast(d.min_coverage as double) as min_coverage,
    d.uncertainty,
    t.sources,
    r.sdg_codes,
    r.esrs_codes,
    r.gri_codes,
    r.vsme_codes,
    r.ungc_codes,
    r.oecd_codes
from {{ ref('kpi_definitions') }} as d
inner join texts as t on d.kpi_id = t.kpi_id
left join reference_codes as r on d.kpi_id = r.kpi_id
cross join {{ ref('stg_landing__build') }} as b

with

partners as (
    select * from {{ ref('int_bloc_trade') }}
),

cells as (
    select
        *,
        sum(case when is_outside then imports_usd else 0 end)
            over (partition by bloc, hs6, hs_revision, year) as outside_usd
    from partners
),

dependencies as (
    select
        bloc,
        hs6,
        hs_revision,
        year,
        {{ hhi(ratio('case when is_outside then imports_usd end', 'outside_usd')) }} as cdi1,
        {{ ratio('max(outside_usd)', 'sum(imports_usd)') }} as cdi2,
        {{ ratio('max(outside_usd)', 'max(exports_usd)') }} as cdi3,
        max(outside_usd) as outside_usd,
        max(exports_usd) as exports_usd,
        count(distinct partner_area) filter (where is_outside) as n_units,
        {{ ratio('fsum(case when is_known then covered_usd else 0 end)', 'sum(imports_usd)') }} * max(member_share)
            as coverage
    from cells
    group by bloc, hs6, hs_revision, year
),

world_exports as (
    select hs6, hs_revision, year, reporter_country, sum(value_usd) as value_usd
    from {{ ref('int_flows') }}
    where code_scheme = 'baci' and flow = 'export'
    group by hs6, hs_revision, year, reporter_country
),

world_shares as (
    select
        hs6,
        hs_revision,
        year,
        {{ ratio('value_usd', 'sum(value_usd) over (partition by hs6, hs_revision, year)') }} as share
    from world_exports
),

world_concentration as (
    select hs6, hs_revision, year, {{ hhi('share') }} as world_export_hhi, count(*) as n_exporters
    from world_shares
    group by hs6, hs_revision, year
),

{{ import_dependency_flags('dependencies') }},

lasting as (
    select
        f.bloc,
        f.hs6,
        f.hs_revision,
        f.year,
        sum(e.flag) as n_flagged,
        count(e.flag) as n_years,
        min(e.coverage) as coverage
    from flags as f
    inner join flags as e
        on
            f.bloc = e.bloc and f.hs6 = e.hs6 and f.hs_revision = e.hs_revision
            and e.year between f.year - {{ parameter('cdi_lasting_window') }} + 1 and f.year
    group by f.bloc, f.hs6, f.hs_revision, f.year
),

{{ import_dependency_rows('flags', 'lasting', 'world_concentration') }}

{{ kpi_result(
    'R13', 'measured', dims=['dim_category', 'dim_variant'],
    unit="case dim_variant when 'cdi1' then 'index' when 'world_export_hhi' then 'index' when 'cdi2' then 'share'
        when 'cdi3' then 'ratio' end"
) }}

{#-
  Imports of an importing bloc by partner, beside the bloc's exports. Blocs come from the countries seed: the EU in its
  present composition for all years, every other country alone. BACI is a complete matrix: what it does not list is
  zero. Otherwise every member must have reported imports of the year, and exports are known only if some were reported.
-#}
with

blocs as (
    select iso2, case when is_eu then 'EU' else iso2 end as bloc
    from {{ ref('countries') }}
),

members as (
    select bloc, count(*) as n_members
    from blocs
    group by bloc
),

flows as (
    select
        f.*,
        b.bloc,
        p.bloc as partner_bloc
    from {{ ref('int_flows') }} as f
    inner join blocs as b on f.reporter_country = b.iso2
    left join blocs as p on f.partner_country = p.iso2
),

coverage as (
    select * from {{ ref('int_trade_coverage') }} where flow = 'import'
),

imports as (
    select
        f.bloc,
        f.hs6,
        f.hs_revision,
        f.year,
        f.partner_area,
        f.partner_country is not null as is_known,
        f.partner_bloc is null or f.partner_bloc <> f.bloc as is_outside,
        sum(f.value_usd) as imports_usd,
        fsum(f.value_usd * c.coverage) as covered_usd
    from flows as f
    inner join coverage as c
        on
            f.reporter_country = c.reporter_country and f.hs6 = c.hs6
            and f.hs_revision = c.hs_revision and f.year = c.year
    where f.flow = 'import'
    group by
        f.bloc, f.hs6, f.hs_revision, f.year, f.partner_area, f.partner_country is not null,
        f.partner_bloc is null or f.partner_bloc <> f.bloc
),

exports as (
    select bloc, hs6, hs_revision, year, sum(value_usd) as exports_usd
    from flows
    where flow = 'export'
    group by bloc, hs6, hs_revision, year
),

reports as (
    select
        bloc,
        hs_revision,
        year,
        bool_or(flow = 'export') as has_exports,
        count(distinct case when flow = 'import' then reporter_country end) as n_reporting
    from flows
    group by bloc, hs_revision, year
),

complete as (
    select distinct hs6, hs_revision, year from flows where code_scheme = 'baci'
)

select
    i.bloc,
    i.hs6,
    i.hs_revision,
    i.year,
    i.partner_area,
    i.is_known,
    i.is_outside,
    i.imports_usd,
    i.covered_usd,
    case when k.hs6 is not null or r.has_exports then coalesce(e.exports_usd, 0) end as exports_usd,
    case when k.hs6 is not null then 1.0 else {{ ratio('r.n_reporting', 'm.n_members') }} end as member_share
from imports as i
inner join members as m on i.bloc = m.bloc
inner join reports as r on i.bloc = r.bloc and i.hs_revision = r.hs_revision and i.year = r.year
left join exports as e
    on i.bloc = e.bloc and i.hs6 = e.hs6 and i.hs_revision = e.hs_revision and i.year = e.year
left join complete as k on i.hs6 = k.hs6 and i.hs_revision = k.hs_revision and i.year = k.year

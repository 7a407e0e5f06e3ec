{#-
  Share of a company's spend that goes to suppliers with an assessed site in the year (basis of D01). Where no purchases
  are known, sites count alike: assessed ones among those that were assessed or had a finding.
-#}
with assessed as (
    select distinct
        entity_id,
        coalesce(supplier_id, entity_id) as operator_id,
        site_id,
        make_date(cast(extract(year from assessment_at) as integer), 1, 1) as period_start
    from {{ ref('stg_due_diligence_cases__assessment') }}
),

operators as (
    select distinct
        entity_id,
        operator_id,
        period_start
    from assessed
),

spend as (
    select
        p.buyer_id as entity_id,
        make_date(p.year, 1, 1) as period_start,
        sum(p.spend_eur) as spend,
        coalesce(sum(case when a.operator_id is not null then p.spend_eur end), 0) as assessed_spend
    from {{ ref('int_purchases') }} as p
    left join operators as a
        on p.buyer_id = a.entity_id and p.supplier_id = a.operator_id and make_date(p.year, 1, 1) = a.period_start
    group by all
),

known_sites as (
    select entity_id, period_start, site_id, true as is_assessed from assessed
    union all
    select entity_id, period_start, site_id, false as is_assessed from {{ ref('int_impacts') }}
),

sites as (
    select
        entity_id,
        period_start,
        count(distinct site_id) as n_known,
        count(distinct case when is_assessed then site_id end) as n_assessed
    from known_sites
    group by entity_id, period_start
)

select
    s.entity_id,
    s.period_start,
    coalesce({{ ratio('p.assessed_spend', 'p.spend') }}, {{ ratio('s.n_assessed', 's.n_known') }}) as coverage
from sites as s
left join spend as p on s.entity_id = p.entity_id and s.period_start = p.period_start

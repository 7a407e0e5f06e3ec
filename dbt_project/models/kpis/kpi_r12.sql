with

ties as (
    select * from {{ ref('int_network_edges') }} where edge_kind = 'knowledge'
),

members as (
    select * from {{ ref('int_members') }}
),

regions as (
    select distinct {{ world_region('macro_region') }} as region
    from {{ ref('countries') }}
    where {{ world_region('macro_region') }} is not null
),

placed as (
    select
        t.year,
        t.tie_id,
        t.target_id,
        b.region as partner_region,
        a.region <> b.region as is_cross
    from ties as t
    left join members as a on t.source_id = a.member_id and t.year = a.year
    left join members as b on t.target_id = b.member_id and t.year = b.year
),

partners as (
    select
        year,
        partner_region,
        count(*) as n_ties,
        sum(count(*)) over (partition by year) as n_known
    from placed
    where partner_region is not null
    group by year, partner_region
),

diversities as (
    select year, exp({{ shannon(ratio('n_ties', 'n_known')) }}) as effective_regions from partners group by year
),

crossings as (
    select
        year,
        count(*) as n_ties,
        count(is_cross) as n_known,
        count(*) filter (where is_cross) as n_cross
    from placed
    group by year
),

-- Who is named in a tie or an activity has answered; of the others nobody knows whether they exchange anything.
answering as (
    select year, {{ ratio('count(*) filter (where is_answering)', 'count(*)') }} as coverage
    from members
    where is_member
    group by year
),

components as (
    select
        c.year,
        c.n_ties,
        a.coverage,
        {{ ratio('c.n_cross', 'c.n_known') }} as cross_share,
        {{ ratio('c.n_cross', 'c.n_ties') }} as cross_low,
        {{ ratio('c.n_cross + c.n_ties - c.n_known', 'c.n_ties') }} as cross_high,
        {{ ratio('d.effective_regions', '(select count(*) from regions)') }} as diversity
    from crossings as c
    left join diversities as d on c.year = d.year
    inner join answering as a on c.year = a.year
),

variants as (
    select
        *, 'globality' as dim_variant, sqrt(cross_share * diversity) as value, sqrt(cross_low * diversity) as value_low,
        sqrt(cross_high * diversity) as value_high
    from components
    union all
    select *, 'cross_share', cross_share, cross_low, cross_high from components
    union all
    select *, 'diversity', diversity, cast(null as double), cast(null as double) from components
),

all_rows as (
    select
        *, 'network' as entity_type, 'network' as entity_id, n_ties as n_units, cast(null as varchar) as state,
        'ok' as base_status
    from variants
),

{{ network_measured('all_rows') }}

{{ kpi_result('R12', 'measured', dims=['dim_variant'],
    unit="case when dim_variant <> 'globality' then 'share' end") }}

with

lines as (
    select * from {{ ref('int_supply_lines') }}
),

sectors as (
    select entity_id, year, sector from {{ ref('int_companies') }} where sector is not null
),

lines_of_entities as (
    select *, 'company' as entity_type, owner_id as entity_id, null as dim_sector from lines
    where cell_kind = 'purchase'
    union all
    select
        *,
        case cell_kind when 'purchase' then 'category' else 'country_product' end as entity_type,
        owner_id || '|' || category_id as entity_id,
        null as dim_sector
    from lines
    union all
    select l.*, 'network' as entity_type, 'network' as entity_id, s.sector as dim_sector
    from lines as l
    inner join sectors as s on l.owner_id = s.entity_id and l.year = s.year
    where l.cell_kind = 'purchase'
),

countries as (
    select
        l.entity_type,
        l.entity_id,
        l.dim_sector,
        l.hs_revision,
        l.year,
        l.country,
        max(r.risk) as risk,
        coalesce(sum(l.spend), 0) as spend,
        sum(l.spend_weight) as spend_weight,
        count(l.spend_weight) as n_weighed,
        count(*) as n_lines
    from lines_of_entities as l
    left join {{ ref('int_country_risk') }} as r on l.country = r.country and l.year = r.year
    group by l.entity_type, l.entity_id, l.dim_sector, l.hs_revision, l.year, l.country
),

entities as (
    select
        entity_type,
        entity_id,
        dim_sector,
        hs_revision,
        year,
        sum(case when risk is not null then spend else 0 end) as covered_spend,
        sum(spend) as total_spend,
        sum(spend_weight) as total_weight,
        {{ spend_coverage() }} * {{ ratio('sum(case when risk is not null then spend else 0 end)', 'sum(spend)') }}
            as coverage,
        fsum(spend * risk) as risk_spend,
        count(distinct country) filter (where risk is not null and spend > 0) as n_units
    from countries
    group by entity_type, entity_id, dim_sector, hs_revision, year
),

concentrations as (
    select
        e.*,
        fsum(power({{ ratio('c.spend', 'e.covered_spend') }}, 2) * c.risk) as hhi_wgi
    from entities as e
    inner join countries as c
        on
            e.entity_type = c.entity_type and e.entity_id = c.entity_id and e.year = c.year
            and e.dim_sector is not distinct from c.dim_sector and e.hs_revision is not distinct from c.hs_revision
    group by all
),

variants as (
    select
        *,
        'exposure' as dim_variant,
        {{ ratio('risk_spend', 'covered_spend') }} as value,
        coalesce({{ ratio('risk_spend', 'covered_spend') }} * coverage, 0) as value_low,
        coalesce({{ ratio('risk_spend', 'covered_spend') }} * coverage + 1 - coverage, 1) as value_high
    from concentrations
    union all
    select *, 'hhi_wgi', hhi_wgi, cast(null as double), cast(null as double) from concentrations
),

measured as (
    select
        *,
        hs_revision as dim_category,
        make_date(year, 1, 1) as period_start,
        make_date(year, 12, 31) as period_end,
        cast(null as varchar) as state,
        2 as dq_score, 1 as primary_share, 0 as imputed_share, 2 as worst_tier, false as is_lower_bound,
        if(covered_spend = 0 and coalesce(total_weight, 1) > 0, 'insufficient_coverage', 'ok') as base_status
    from (select * replace (coalesce(coverage, 0) as coverage) from variants) as known
)

{{ kpi_result('R07', 'measured', dims=['dim_sector', 'dim_category', 'dim_variant']) }}

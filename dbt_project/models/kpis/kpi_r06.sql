with

lines as (
    select * from {{ ref('int_supply_lines') }}
),

lines_of_entities as (
    select *, 'company' as entity_type, owner_id as entity_id from lines where cell_kind = 'purchase'
    union all
    select
        *,
        case cell_kind when 'purchase' then 'category' else 'country_product' end as entity_type,
        owner_id || '|' || category_id as entity_id
    from lines
),

lines_of_places as (
    select *, 'country' as dim_variant, country as place from lines_of_entities
    union all
    select *, 'macro_region' as dim_variant, macro_region as place from lines_of_entities
),

places as (
    select
        entity_type,
        entity_id,
        hs_revision,
        year,
        dim_variant,
        place,
        coalesce(sum(spend), 0) as spend,
        sum(spend_weight) as spend_weight,
        count(spend_weight) as n_weighed,
        count(*) as n_lines
    from lines_of_places
    group by entity_type, entity_id, hs_revision, year, dim_variant, place
),

entities as (
    select
        entity_type,
        entity_id,
        hs_revision,
        year,
        dim_variant,
        sum(case when place is not null then spend else 0 end) as known_spend,
        sum(spend_weight) as total_weight,
        {{ spend_coverage() }}
        * {{ ratio('sum(case when place is not null then spend else 0 end)', 'sum(spend)') }} as coverage
    from places
    group by entity_type, entity_id, hs_revision, year, dim_variant
),

shares as (
    select
        e.*,
        case when p.place is not null then {{ ratio('p.spend', 'e.known_spend') }} end as share,
        1 - coalesce(e.coverage, 0) as unknown_share
    from places as p
    inner join entities as e
        on
            p.entity_type = e.entity_type and p.entity_id = e.entity_id
            and p.year = e.year and p.dim_variant = e.dim_variant
            and coalesce(p.hs_revision, '') = coalesce(e.hs_revision, '')
),

measured as (
    select
        entity_type,
        entity_id,
        hs_revision as dim_category,
        dim_variant,
        make_date(year, 1, 1) as period_start,
        make_date(year, 12, 31) as period_end,
        {{ hhi('share') }} as value,
        coalesce({{ hhi_low('share', 'unknown_share') }}, 0) as value_low,
        coalesce({{ hhi_high('share', 'unknown_share') }}, 1) as value_high,
        cast(null as varchar) as state,
        coalesce(max(coverage), 0) as coverage,
        count(share) filter (where share > 0) as n_units,
        2 as dq_score,
        1 as primary_share,
        0 as imputed_share,
        2 as worst_tier,
        false as is_lower_bound,
        case when max(known_spend) = 0 and coalesce(max(total_weight), 1) > 0 then 'insufficient_coverage' else 'ok' end
            as base_status
    from shares
    group by entity_type, entity_id, hs_revision, year, dim_variant
)

{{ kpi_result('R06', 'measured', dims=['dim_category', 'dim_variant']) }}

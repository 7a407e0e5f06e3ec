with

clauses as (
    select
        buyer_id as entity_id,
        year,
        'clause_spend' as dim_variant,
        null as state,
        count(*) as n_units,
        coalesce(sum(case when clause_anti_corruption then spend_eur end), 0) as yes,
        coalesce(sum(case when clause_anti_corruption is not null then spend_eur end), 0) as known,
        sum(coalesce(spend_eur, spend_weight_eur)) as total
    from {{ ref('int_purchases') }}
    group by buyer_id, year
),

clause_shares as (
    select
        *,
        {{ flag_share('yes', 'known', 'total') }},
        {{ ratio('known', 'total') }} as coverage,
        2 as dq_score,
        1 as primary_share,
        2 as worst_tier,
        case when total > 0 and known = 0 then 'not_reported' else 'ok' end as base_status
    from clauses
),

shares as (
    select
        entity_id, year, dim_variant, value, value_low, value_high, state, coverage, n_units, dq_score, primary_share,
        worst_tier, base_status
    from {{ ref('int_stated_pairs') }}
    where kpi_id = 'G03'
    union all
    select
        entity_id, year, dim_variant, value, value_low, value_high, state, coverage, n_units, dq_score, primary_share,
        worst_tier, base_status
    from clause_shares
),

measured as (
    {{ answered_measures('shares', ['functions_trained', 'sites_assessed', 'clause_spend']) }}
)

{{ kpi_result('G03', 'measured', dims=['dim_variant']) }}

with

measured as (
    select
        'finding' as entity_type,
        finding_id as entity_id,
        period_start,
        period_end,
        impact_kind as dim_variant,
        coalesce(level, 'undecided') as dim_category,
        severity_class as value,
        -- U6: one component lower or higher by one
        case when n_decisive = 1 then greatest(1, severity_class - 1) else severity_class end as value_low,
        case when severity_class is not null then least(4, severity_class + 1) end as value_high,
        -- likelihood orders potential impacts of one class and never lowers the class
        case when impact_kind = 'potential' then 'likelihood ' || coalesce(cast(likelihood as varchar), 'unknown') end
            as state,
        1 as coverage,
        1 as n_units,
        2 as dq_score,
        1 as primary_share,
        0 as imputed_share,
        2 as worst_tier,
        is_severity_partial as is_lower_bound,
        case when severity_class is null then 'not_reported' else 'ok' end as base_status
    from {{ ref('int_impacts') }}
)

{{ kpi_result('D02', 'measured', dims=['dim_category', 'dim_variant']) }}

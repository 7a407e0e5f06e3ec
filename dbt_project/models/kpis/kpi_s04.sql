with

pairs as (
    select
        * replace (
            -- chance (U5) for shares of weeks; a mean of hours is no proportion
            case
                when dim_variant <> 'mean_weekly_hours'
                    then {{ wilson('cast(part as double)', 'cast(complete_whole as double)', '-') }}
            end as value_low,
            case
                when dim_variant <> 'mean_weekly_hours'
                    then {{ wilson('cast(part as double)', 'cast(complete_whole as double)', '+') }}
            end as value_high
        )
    from {{ ref('int_stated_pairs') }}
    where kpi_id = 'S04'
),

measured as (
    {{ answered_measures('pairs', ['over_48_regular', 'over_60_total', 'mean_weekly_hours']) }}
    union all
    select
        'site' as entity_type,
        entity_id,
        make_date(cast(year as integer), 1, 1) as period_start,
        make_date(cast(year as integer), 12, 31) as period_end,
        dim_variant,
        value,
        value_low,
        value_high,
        cast(state as varchar) as state,
        coverage,
        n_units,
        dq_score,
        primary_share,
        0 as imputed_share,
        worst_tier,
        false as is_lower_bound,
        base_status
    from pairs
    where is_site
)

{{ kpi_result('S04', 'measured', dims=['dim_variant'], unit="case dim_variant when 'mean_weekly_hours' then 'h' end") }}

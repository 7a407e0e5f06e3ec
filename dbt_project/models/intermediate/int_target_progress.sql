{#-
  Base, goal and current value of each target and year, with the reason if it cannot be assessed. Both ends come from
  one restatement state: a base year that this build computes anew replaces the agreed value if it has moved by the
  threshold of §2.7 or more; the finding about it says so.
-#}
with

joined as (
    select
        t.target_id,
        t.year,
        t.entity_id as sent_entity_id,
        t.kpi_id,
        t.base_year,
        t.target_year,
        t.target_value,
        t.path_kind,
        t.agreed_by,
        t.agreed_at,
        t.is_valid_set,
        t.delivery_id,
        t.row_number,
        t.base_value as agreed_base_value,
        coalesce(c.entity_type, b.entity_type, case when t.entity_id is null then 'network' else 'company' end)
            as entity_type,
        coalesce(c.entity_id, b.entity_id, t.entity_id, 'network') as entity_id,
        case when coalesce(c.entity_id, b.entity_id) <> t.entity_id then t.entity_id end as dim_sector,
        c.value as current_value,
        least(c.value, c.value_low) as current_low,
        greatest(c.value, c.value_high) as current_high,
        c.status as current_status,
        c.n_units,
        c.dq_score,
        c.primary_share,
        c.imputed_share,
        c.worst_tier,
        abs(c.coverage - b.coverage) as coverage_difference,
        t.base_value is not null and b.status = 'ok'
        and round(abs(b.value - t.base_value), 9)
        >= {{ parameter('restatement_threshold') }} * greatest(abs(t.base_value), 1e-9) as is_base_restated,
        b.value as computed_base_value
    from {{ ref('int_targets') }} as t
    left join {{ ref('int_target_values') }} as c
        on t.target_id = c.target_id and t.year = c.year and t.year = c.value_year
    left join {{ ref('int_target_values') }} as b
        on t.target_id = b.target_id and t.year = b.year and t.base_year = b.value_year
    where t.year > t.base_year
)

select
    *,
    case when is_base_restated then computed_base_value else agreed_base_value end as base_value,
    case
        when not is_valid_set then 'set_with_one_pillar'
        when agreed_base_value is null then 'no_base_value'
        when target_year <= base_year then 'no_time_to_goal'
        when current_status is null then 'no_current_value'
        when current_status <> 'ok' or current_value is null then 'current_value_not_ok'
        when round(coverage_difference, 9) > {{ parameter('coverage_difference_max') }} then 'coverage_differs'
        when case when is_base_restated then computed_base_value else agreed_base_value end = target_value
            then 'goal_is_base'
    end as obstacle
from joined

-- Energy per value added in constant prices, and per output where a company's output has one unit.
with energy as (
    select * from {{ ref('int_energy') }}
),

outputs as (
    select
        entity_id,
        year,
        sum(value) as quantity,
        min(unit) as unit,
        count(distinct unit) as n_units,
        max(u_rel) as u_rel
    from {{ ref('int_answers') }}
    where question_id = 'output_qty' and value is not null
    group by entity_id, year
),

-- Value added comes from the register: tier 2 in the propagation of uncertainty.
denominators as (
    select
        e.entity_id,
        e.year,
        'value_added' as dim_variant,
        e.value_added_eur_const * 0.000001 as quantity,
        'MEUR' as unit,
        t.u_rel,
        'ok' as base_status
    from {{ ref('int_answers__entities') }} as e
    left join {{ ref('data_tiers') }} as t on t.tier = 2
    union all
    select
        entity_id,
        year,
        'output',
        quantity,
        case when n_units = 1 then unit else 'several units' end,
        u_rel,
        case when n_units = 1 then 'ok' else 'undefined' end
    from outputs
),

pairs as (
    select
        e.entity_type,
        e.entity_id,
        e.period_start,
        e.period_end,
        d.dim_variant,
        d.quantity,
        d.unit as quantity_unit,
        d.base_status as denominator_status,
        t.*,
        {{ ratio('t.value', 'd.quantity') }} as intensity,
        {{ u_product(ratio('t.half_width', 'abs(t.value)'), 'd.u_rel') }} as u_product
    from {{ ref('int_answers__entities') }} as e
    inner join denominators as d on e.entity_id = d.entity_id and e.year = d.year
    left join energy as t on e.entity_id = t.entity_id and e.year = t.year
),

measured as (
    select
        entity_type,
        entity_id,
        period_start,
        period_end,
        dim_variant,
        quantity_unit,
        intensity as value,
        {{ interval_end('intensity', '(u_product * intensity)', '-') }} as value_low,
        {{ interval_end('intensity', '(u_product * intensity)', '+') }} as value_high,
        cast(null as varchar) as state,
        coalesce(coverage, 0) as coverage,
        coalesce(n_units, 0) as n_units,
        dq_score,
        primary_share,
        imputed_share,
        worst_tier,
        coalesce(is_lower_bound, false) as is_lower_bound,
        case
            when coalesce(base_status, 'not_reported') <> 'ok' then coalesce(base_status, 'not_reported')
            when quantity is null then 'not_reported'
            else denominator_status
        end as base_status
    from pairs
)

{{ kpi_result('E12', 'measured', dims=['dim_variant'], unit="'MWh/' || quantity_unit") }}

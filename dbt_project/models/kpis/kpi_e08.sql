{#-
  Primary data share per product, and per company weighed by the emissions of its products. An undeclared share of a
  supplier counts 0; the upper bound takes it for 100 % (U3).
-#}
with products as (
    select * from {{ ref('int_footprints') }}
    where is_headline
),

outputs as (
    select
        entity_id,
        year,
        family,
        quantity
    from {{ ref('int_outputs') }}
),

-- Emissions of a product are known where its output is; unless all are, footprints of one unit have to weigh.
weighed as (
    select
        p.*,
        case
            when count(o.quantity) over company_year = count(*) over company_year then abs(p.value) * o.quantity
            else abs(p.value)
        end as weight
    from products as p
    left join outputs as o on p.maker_id = o.entity_id and p.year = o.year and p.product_id = o.family
    window company_year as (partition by p.entity_id, p.year)
),

leveled as (
    select
        'product' as entity_type,
        node_id as entity_id,
        year,
        -- A footprint of zero has no contributions to weigh by.
        case when value <> 0 then primary_percent end as primary_percent,
        case when value <> 0 then unknown_share end as unknown_share,
        state,
        coverage,
        n_units,
        dq_score,
        primary_share,
        imputed_share,
        worst_tier,
        is_lower_bound,
        base_status
    from products
    union all
    select
        'company',
        entity_id,
        year,
        {{ ratio('fsum(weight * primary_percent)', 'fsum(weight)') }},
        {{ ratio('fsum(weight * unknown_share)', 'fsum(weight)') }},
        null,
        min(case when base_status = 'ok' then coverage else 0 end),
        count(*),
        {{ weighed_mean('dq_score', 'weight') }},
        {{ weighed_mean('primary_share', 'weight') }},
        {{ weighed_mean('imputed_share', 'weight') }},
        max(worst_tier),
        bool_or(is_lower_bound),
        case when bool_or(base_status = 'ok') then 'ok' else 'not_reported' end
    from weighed
    group by entity_id, year
),

variants as (
    select
        *,
        unnest(['headline', 'pds_unknown_share']) as dim_variant
    from leveled
),

measured as (
    select
        *,
        make_date(cast(year as integer), 1, 1) as period_start,
        make_date(cast(year as integer), 12, 31) as period_end,
        case dim_variant when 'headline' then primary_percent else unknown_share end as value,
        case dim_variant when 'headline' then primary_percent else unknown_share end as value_low,
        -- least() ignores NULL: what is not known must not become 100 %.
        case dim_variant
            when 'headline' then primary_percent + least(100 * unknown_share, 100 - primary_percent)
            else unknown_share
        end as value_high
    from variants
)

{{ kpi_result(
    'E08', 'measured', dims=['dim_variant'], unit="case dim_variant when 'pds_unknown_share' then 'share' end"
) }}

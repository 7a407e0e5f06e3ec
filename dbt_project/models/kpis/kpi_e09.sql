{#-
  Data-quality ratings of a footprint by dimension and edition; 1 is best, and editions are never mixed. Unrated emissions
  bound the rating by the best and the worst of the scale (U3). Edition 2.x also says which share its inputs cover.
-#}
with

-- A product without any rating in an edition has no row in it.
shown as (
    select
        r.*,
        f.n_units,
        f.dq_score,
        f.primary_share,
        f.imputed_share,
        f.worst_tier,
        f.is_lower_bound,
        f.state,
        f.base_status
    from {{ ref('int_footprints__rated') }} as r
    inner join {{ ref('int_footprints') }} as f on r.year = f.year and r.node_id = f.node_id and f.is_headline
    qualify max(r.rated_share) over (partition by r.year, r.node_id, r.pact_edition) > 1e-12
),

all_rows as (
    select
        *,
        dimension as dim_category,
        rating as value,
        least(rated_sum + (1 - rated_share), rating) as value_low,
        greatest(rated_sum + (1 - rated_share) * {{ worst_rating('pact_edition') }}, rating) as value_high,
        -- Below half of the emissions in large components no rating of 2.x speaks for the product.
        case
            when pact_edition = '2.x' and round(coalesce(coverage_percent, 0), 9) < 50 then 0
            else least(1, rated_share)
        end as coverage
    from shown
    union all
    select
        *,
        'coverage_percent',
        coverage_percent as value,
        coverage_percent as value_low,
        coverage_percent as value_high,
        1
    from shown
    where pact_edition = '2.x' and dimension = 'technological'
),

measured as (
    select
        * exclude (base_status),
        'product' as entity_type,
        node_id as entity_id,
        pact_edition as dim_standard,
        make_date(cast(year as integer), 1, 1) as period_start,
        make_date(cast(year as integer), 12, 31) as period_end,
        case when base_status = 'ok' and value is null then 'not_reported' else base_status end as base_status
    from all_rows
)

{{ kpi_result(
    'E09', 'measured', dims=['dim_category', 'dim_standard'],
    unit="case dim_category when 'coverage_percent' then 'percent' end"
) }}

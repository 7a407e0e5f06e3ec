with

shares as (
    select * from {{ ref('int_supply_shares') }}
),

entropies as (
    select
        cell_kind,
        owner_id,
        category_id,
        hs_revision,
        year,
        abs(fsum(case when share > 0 then share * ln(share) end)) as shannon,
        count(*) filter (where spend > 0) as n_groups,
        sum(spend) as spend,
        sum(spend_weight) as spend_weight,
        sum(n_weighed) as n_weighed,
        sum(n_lines) as n_lines
    from shares
    group by cell_kind, owner_id, category_id, hs_revision, year
),

variants as (
    select *, 'headline' as dim_variant, exp(shannon) as value from entropies
    union all
    select *, 'shannon' as dim_variant, shannon as value from entropies
    union all
    select
        *,
        'evenness' as dim_variant,
        {{ ratio('shannon', 'case when n_groups > 1 then ln(n_groups) end') }} as value
    from entropies
),

cells as (
    select
        *,
        cast(null as double) as value_low,
        cast(null as double) as value_high
    from variants
),

{{ supply_levels('cells') }}

{{ kpi_result(
    'R04', 'measured', dims=['dim_category', 'dim_variant'],
    unit="case dim_variant when 'shannon' then 'nats' when 'evenness' then 'index' end"
) }}

with

flows as (
    select * from {{ ref('int_region_trade') }}
),

chapters as (
    select
        chapter,
        hs_revision,
        year,
        measure,
        {{ ratio('fsum(covered_usd)', 'sum(value_usd)') }} as coverage
    from flows
    group by chapter, hs_revision, year, measure
),

-- Each flow is trade of both of its ends.
ends as (
    select *, importer_region as region from flows
    union all
    select *, exporter_region as region from flows
),

regions as (
    select
        chapter,
        hs_revision,
        year,
        measure,
        region,
        coalesce(sum(case when is_inside then amount end), 0) as t_ii,
        coalesce(sum(amount), 0) as t_i
    from ends
    where region is not null
    group by chapter, hs_revision, year, measure, region
),

worlds as (
    select
        *,
        t_i - t_ii as t_oi,
        sum(t_i) over (partition by chapter, hs_revision, year, measure) - t_i as t_o
    from regions
),

indices as (
    select
        *,
        {{ ratio(ratio('t_ii', 't_i'), ratio('t_oi', 't_o')) }} as hi,
        {{ ratio('1 - ' ~ ratio('t_ii', 't_i'), '1 - ' ~ ratio('t_oi', 't_o')) }} as he
    from worlds
),

scored as (
    select
        i.*,
        c.coverage,
        {{ ratio('i.hi - i.he', 'i.hi + i.he') }} as s_index
    from indices as i
    inner join chapters as c
        on i.chapter = c.chapter and i.hs_revision = c.hs_revision and i.year = c.year and i.measure = c.measure
),

all_rows as (
    select
        *,
        'region' as entity_type,
        region as entity_id,
        chapter as dim_category,
        hs_revision as dim_standard,
        measure as dim_variant,
        s_index as value,
        -- U6: the other measure is the other end of the interval.
        min(s_index) over (partition by chapter, hs_revision, year, region) as value_low,
        max(s_index) over (partition by chapter, hs_revision, year, region) as value_high,
        1 as n_units,
        cast(null as varchar) as state,
        'ok' as base_status
    from scored
),

{{ network_measured('all_rows') }}

{{ kpi_result('R11', 'measured', dims=['dim_category', 'dim_standard', 'dim_variant']) }}

with

members as (
    select * from {{ ref('int_members') }} where is_member
),

types as (
    select distinct year, unnest(activity_types) as activity_type from members where is_active
),

views as (
    select year, 'all' as dim_variant, null as dim_size_class, null as dim_region, null as dim_category, is_active
    from members
    union all
    select year, 'size_class', size_class, null, null, is_active from members where size_class is not null
    union all
    select year, 'region', null, country, null, is_active from members where country is not null
    union all
    select
        m.year,
        'activity_type',
        null,
        null,
        t.activity_type,
        coalesce(list_contains(m.activity_types, t.activity_type), false)
    from members as m
    inner join types as t on m.year = t.year
),

all_rows as (
    select
        year,
        dim_variant,
        cast(dim_size_class as varchar) as dim_size_class,
        cast(dim_region as varchar) as dim_region,
        cast(dim_category as varchar) as dim_category,
        'network' as entity_type,
        'network' as entity_id,
        {{ ratio('count(*) filter (where is_active)', 'count(*)') }} as value,
        {{ ratio('count(*) filter (where is_active)', 'count(*)') }} as value_low,
        {{ ratio('count(*) filter (where is_active)', 'count(*)') }} as value_high,
        -- The list of activities is closed: a member that is not on it took part in none.
        1 as coverage,
        count(*) as n_units,
        cast(null as varchar) as state,
        'ok' as base_status
    from views
    group by year, dim_variant, dim_size_class, dim_region, dim_category
),

{{ network_measured('all_rows') }}

{{ kpi_result('N03', 'measured', dims=['dim_variant', 'dim_size_class', 'dim_region', 'dim_category']) }}

-- Every cell position of a company: sector, section or all; and country, macro region or all, or a size class instead.
with companies as (
    select
        entity_id,
        year,
        sector,
        coalesce(country, '_U') as country,
        coalesce(macro_region, country, '_U') as macro_region,
        coalesce(size_class, '_U') as size_class
    from {{ ref('int_companies') }}
    where entity_type = 'company' and sector is not null
),

by_sector as (
    select
        *,
        unnest(list_distinct([sector, left(sector, 1), '_T'])) as sector_code
    from companies
),

places as (
    select
        entity_id,
        year,
        sector_code as sector,
        unnest(list_distinct([country, macro_region, '_T'])) as region,
        '_T' as size_class
    from by_sector
    union all
    select
        entity_id,
        year,
        sector_code as sector,
        '_T' as region,
        size_class
    from by_sector
)

select
    entity_id,
    year,
    sector,
    region,
    size_class
from places

-- The trees of the dimensions: which code is part of which; a code with one level goes straight to the total.
with companies as (
    select
        sector,
        coalesce(country, '_U') as country,
        coalesce(macro_region, country, '_U') as macro_region,
        coalesce(size_class, '_U') as size_class
    from {{ ref('int_companies') }}
    where entity_type = 'company' and sector is not null
),

edges as (
    select 'sector' as dim, sector as child, case when length(sector) > 1 then left(sector, 1) else '_T' end as parent
    from companies
    union all
    select 'sector', left(sector, 1), '_T' from companies
    union all
    select 'region', country, case when macro_region <> country then macro_region else '_T' end from companies
    union all
    select 'region', macro_region, '_T' from companies
    union all
    select 'size_class', size_class, '_T' from companies
)

select distinct
    dim,
    child,
    parent
from edges

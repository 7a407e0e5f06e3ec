{#- Trade that counts, seen from each country: a BACI row is an import of one country and an export of the other. -#}
with

flows as (
    select * from {{ ref('stg_trade_data__flow') }} where not is_excluded
),

oriented as (
    select
        *,
        reporter_country as country,
        partner_country as other_country,
        partner_code as other_code,
        flow as direction
    from flows
    union all
    select
        *,
        partner_country as country,
        reporter_country as other_country,
        reporter_code as other_code,
        case flow when 'export' then 'import' else 'export' end as direction
    from flows
    where code_scheme = 'baci' and partner_country is not null
)

select
    country as reporter_country,
    other_country as partner_country,
    coalesce(other_country, code_scheme || ':' || cast(other_code as varchar)) as partner_area,
    direction as flow,
    hs_code as hs6,
    hs_revision,
    cast(year as integer) as year,
    {{ exact('value_usd') }} as value_usd,
    netweight_kg,
    code_scheme,
    delivery_id,
    row_number
from oriented

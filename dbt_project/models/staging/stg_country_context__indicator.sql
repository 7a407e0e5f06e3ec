{#- One value per row out of the wide rows. Groups and former states stay, but no country is behind them. -#}
with

landed as (
    select
        *,
        max(case when note like 'Last Updated%' then trim(split_part(note, ':', 2)) end)
            over (partition by delivery_id) as dated
    from {{ source('landing', 'country_context__indicators') }}
),

cells as (
    select
        * exclude (sent_values, note, dated, edition, year),
        coalesce(edition, dated) as edition,
        year as row_year,
        unnest(map_entries(cast(cast(sent_values as json) as map (varchar, varchar)))) as cell
    from landed
    where row_kind = 'data'
),

named as (
    select
        *,
        case
            when left(cell.key, 1) = '.' then indicator_code || split_part(cell.key, '|', 1)
            when left(cell.key, 1) = '|' then indicator_code
            else split_part(cell.key, '|', 1)
        end as sent_indicator,
        coalesce(try_cast(nullif(split_part(cell.key, '|', 2), '') as bigint), row_year) as year,
        try_cast(cell.value as decimal(28, 9)) as value
    from cells
    where cell.value is not null
),

judged as (
    select
        *,
        -- What qualifies a value stands beside it, not below it.
        regexp_replace(
            regexp_replace(sent_indicator, '[.]STD[.]ERR$', '.EST'), '[.]PER[.]RNK[.](LOWER|UPPER)$', '.PER.RNK'
        ) as indicator_id,
        case
            when sent_indicator like '%.STD.ERR' then 'standard_error'
            when sent_indicator like '%.PER.RNK.LOWER' then 'low'
            when sent_indicator like '%.PER.RNK.UPPER' then 'high'
            else 'value'
        end as role
    from named
),

gathered as (
    select
        dataset, country_code, country_name, country_group, development_group, indicator_id, year, edition, delivery_id,
        max(case when role = 'value' then value end) as value,
        max(case when role = 'standard_error' then value end) as standard_error,
        max(case when role = 'low' then value end) as low,
        max(case when role = 'high' then value end) as high,
        max(case when role = 'value' then indicator_name end) as indicator_name,
        min(row_number) as row_number
    from judged
    group by
        dataset, country_code, country_name, country_group, development_group, indicator_id, year, edition, delivery_id
),

codes as (
    select iso2, iso3 from {{ ref('countries') }}
    union all
    -- Codes that the publishers use beside ISO 3166.
    values
    ('RO', 'ROM'), ('CD', 'ZAR'), ('TL', 'TMP'), ('PS', 'WBG'), ('AD', 'ADO'), ('XK', 'KSV'), ('XK', 'OWID_KOS')
)

select
    g.dataset,
    g.country_code as country_code_as_sent,
    g.country_name as country_name_as_sent,
    c.iso2 as country,
    {{ area_kind('c.iso2', 'g.country_code', 'g.country_name') }} as area_kind,
    g.country_group,
    g.development_group,
    g.indicator_id,
    g.indicator_name,
    g.year,
    g.value,
    g.standard_error,
    g.low,
    g.high,
    g.edition,
    g.delivery_id,
    g.row_number
from gathered as g
left join codes as c on g.country_code = c.iso3

-- What intake and the code lists could not use, counted per delivery.
with quarantined as (
    select
        'quarantine' as finding_kind,
        d.source,
        cast(null as integer) as year,
        -- what stood in the file stays in the landing zone
        concat_ws(' ', q.table_name, q.field, q.code) as found,
        min(q.message) as message,
        min(q.fix) as fix,
        q.delivery_id,
        min(q.row_number) as row_number,
        count(*) as n_rows
    from {{ ref('stg_landing__quarantined_row') }} as q
    left join {{ ref('stg_landing__delivery') }} as d on q.delivery_id = d.delivery_id
    group by
        d.source,
        q.table_name,
        q.field,
        q.code,
        q.delivery_id
),

unmapped as (
    select
        'unmapped_country' as finding_kind,
        'trade_data' as source,
        cast(f.year as integer) as year,
        concat_ws(' ', f.code_scheme, cast(f.partner_code as varchar)) as found,
        'partner code is in no country list: its flows count as origin unknown' as message,
        'Add the code to the seed country_code_aliases.' as fix,
        f.delivery_id,
        min(f.row_number) as row_number,
        count(*) as n_rows
    from {{ ref('stg_trade_data__flow') }} as f
    left join {{ ref('stg_trade_data__area') }} as a on f.code_scheme = a.code_scheme and f.partner_code = a.area_code
    where a.area_code is null
    group by
        f.year,
        f.code_scheme,
        f.partner_code,
        f.delivery_id
)

select * from quarantined
union all
select * from unmapped

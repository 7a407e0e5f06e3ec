{#- The publishers' rows with our names and countries, and the rules that need only the row and its vintages. -#}
{{ config(materialized='table') }}

with

flows as (
    select * from {{ source('landing', 'trade_data__flows') }}
),

deliveries as (
    select delivery_id, received_at from {{ source('landing', 'deliveries') }}
),

areas as (
    select * from {{ ref('stg_trade_data__area') }}
),

named as (
    select
        f.code_scheme,
        f.reporter_code,
        f.partner_code,
        coalesce(f.partner2_code, 0) as partner2_code,
        coalesce(nullif(trim(f.customs_code), ''), 'C00') as customs_code,
        coalesce(nullif(trim(f.transport_code), ''), '0') as transport_code,
        r.country as reporter_country,
        p.country as partner_country,
        coalesce(r.area_kind, 'unspecified') as reporter_kind,
        coalesce(p.area_kind, 'unspecified') as partner_kind,
        f.flow,
        f.hs_code,
        f.hs_revision,
        f.year,
        f.month,
        f.value_usd,
        f.netweight_kg,
        f.quantity,
        f.quantity_unit,
        f.is_estimated,
        f.is_reported,
        f.source_release,
        f.delivery_id,
        f.row_number,
        f.source_ref,
        d.received_at
    from flows as f
    left join deliveries as d on f.delivery_id = d.delivery_id
    left join areas as r on f.code_scheme = r.code_scheme and f.reporter_code = r.area_code
    left join areas as p on f.code_scheme = p.code_scheme and f.partner_code = p.area_code
),

vintages as (
    select
        *,
        first_value(delivery_id) over (
            partition by
                code_scheme, reporter_code, partner_code, partner2_code, customs_code, transport_code, flow, hs_code,
                hs_revision, year, month
            order by source_release desc nulls last, received_at desc, delivery_id desc
        ) as newest_delivery_id,
        row_number() over (
            partition by
                code_scheme, reporter_code, partner_code, partner2_code, customs_code, transport_code, flow, hs_code,
                hs_revision, year, month, delivery_id, value_usd
            order by row_number
        ) as repeat_no
    from named
)

select
    *,
    case
        when delivery_id <> newest_delivery_id then 'superseded'
        when repeat_no > 1 then 'repeated_row'
        when length(hs_code) <> 6 then 'not_hs6'
        when reporter_kind = 'aggregate' then 'aggregate_reporter'
        when reporter_country is null then 'unknown_reporter'
        when partner_kind = 'aggregate' then 'aggregate_partner'
        when flow not in ('import', 'export') then 're_flow_inside_total'
    end as row_rule
from vintages

{#-
  Every row of the publishers, with the first rule that keeps it out of the sums: nothing is dropped, nothing counts
  twice. Where BACI (reconciled) covers a country's product and year, it wins over what the country reported.
-#}
{{ config(materialized='table') }}

with

flows as (
    select * from {{ ref('stg_trade_data__reported_flow') }}
),

details_judged as (
    select
        *,
        case
            when row_rule is not null then row_rule
            when partner2_code <> 0 and bool_or(partner2_code = 0 and row_rule is null) over (
                partition by code_scheme, reporter_code, partner_code, flow, hs_code, hs_revision, year, month
            ) then 'partner2_detail'
            when
                (customs_code <> 'C00' or transport_code <> '0')
                and bool_or(customs_code = 'C00' and transport_code = '0' and row_rule is null) over (
                    partition by
                        code_scheme, reporter_code, partner_code, partner2_code, flow, hs_code, hs_revision, year, month
                )
                then 'customs_or_transport_detail'
        end as detail_rule
    from flows
),

months as (
    select
        code_scheme,
        reporter_code,
        flow,
        hs_code,
        hs_revision,
        year,
        bool_or(month is null) as has_year_row,
        count(distinct month) as n_months
    from details_judged
    where detail_rule is null
    group by code_scheme, reporter_code, flow, hs_code, hs_revision, year
),

periods_judged as (
    select
        f.*,
        case
            when f.detail_rule is not null then f.detail_rule
            when f.month is not null and m.has_year_row then 'monthly'
            when f.month is not null and m.n_months < 12 then 'incomplete_year'
        end as period_rule
    from details_judged as f
    left join months as m
        on
            f.code_scheme = m.code_scheme and f.reporter_code = m.reporter_code and f.flow = m.flow
            and f.hs_code = m.hs_code and f.hs_revision = m.hs_revision and f.year = m.year
),

baci_cells as (
    select reporter_country as country, hs_code, hs_revision, year
    from periods_judged
    where code_scheme = 'baci' and period_rule is null
    union
    select partner_country as country, hs_code, hs_revision, year
    from periods_judged
    where code_scheme = 'baci' and period_rule is null and partner_country is not null
),

judged as (
    select
        f.*,
        case
            when f.period_rule is not null then f.period_rule
            when f.code_scheme <> 'baci' and b.country is not null then 'covered_by_baci'
        end as exclusion_rule
    from periods_judged as f
    left join baci_cells as b
        on
            f.reporter_country = b.country and f.hs_code = b.hs_code
            and f.hs_revision = b.hs_revision and f.year = b.year
)

select
    code_scheme, reporter_code, partner_code, partner2_code, customs_code, transport_code, reporter_country,
    partner_country, flow, hs_code, hs_revision, year, month, value_usd, netweight_kg, quantity, quantity_unit,
    is_estimated, is_reported, source_release, delivery_id, row_number, source_ref, received_at,
    exclusion_rule is not null as is_excluded,
    exclusion_rule
from judged

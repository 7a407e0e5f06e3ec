{#- Which purchase lines the share of spend under an anti-corruption clause (G03) was made of. -#}
with results as (
    select * from {{ ref('kpi_g03') }} where dim_variant = 'clause_spend'
)

select
    r.kpi_id,
    r.entity_type,
    r.entity_id,
    r.period_start,
    r.dim_hash,
    {{ answer_input(
        'purchase_line', 'p.line_id', 'p.spend_eur', 'p.clause_anti_corruption', "'EUR'",
        "case when p.clause_anti_corruption is null or p.spend_eur is null then 'missing' else 'used' end",
        'p.delivery_id', 'p.row_number'
    ) }}
from results as r
inner join {{ ref('int_purchases') }} as p
    on r.entity_id = p.buyer_id and r.period_start = make_date(cast(p.year as integer), 1, 1)

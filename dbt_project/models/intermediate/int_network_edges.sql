{#-
  The network of two kinds: material edges run from supplier to buyer, knowledge edges join two members. Each has its
  validity, source and confidence. Spend that a buyer placed with nobody it named stays as an edge from the node `_UNK`;
  links are never imputed (M6).
-#}
with

purchases as (
    select * from {{ ref('int_purchases') }}
),

companies as (
    select distinct entity_id from {{ ref('int_companies') }}
),

material as (
    select
        'material' as edge_kind,
        year,
        supplier_id as source_id,
        buyer_id as target_id,
        coalesce(sum(spend_eur), 0) as spend_eur,
        count(*) as n_records,
        min(delivery_date) as valid_from,
        max(delivery_date) as valid_to,
        'purchase_lines' as source_name
    from purchases
    where supplier_id <> buyer_id
    group by year, supplier_id, buyer_id
),

unknown as (
    select
        'material' as edge_kind,
        year,
        '_UNK' as source_id,
        buyer_id as target_id,
        total_eur - line_eur as spend_eur,
        0 as n_records,
        make_date(year, 1, 1) as valid_from,
        make_date(year, 12, 31) as valid_to,
        coalesce(basis, 'not_reported') as source_name
    from {{ ref('int_input_totals') }}
    where total_eur is null or total_eur > line_eur
),

ties as (
    select
        *,
        row_number() over (partition by tie_id order by delivery_id desc, row_number desc) as rank_no
    from {{ ref('stg_cooperation__knowledge_tie') }}
),

builds as (
    select cast(extract(year from as_of) as integer) as as_of_year from {{ source('landing', 'build') }}
),

knowledge as (
    select
        'knowledge' as edge_kind,
        unnest(range(
            cast(extract(year from t.started_at) as integer),
            coalesce(cast(extract(year from t.ended_at) as integer), b.as_of_year) + 1
        )) as year,
        t.member_a as source_id,
        t.member_b as target_id,
        cast(null as decimal(38, 9)) as spend_eur,
        1 as n_records,
        t.started_at as valid_from,
        t.ended_at as valid_to,
        'cooperation' as source_name,
        t.tie_id,
        t.tie_type,
        t.evidence_ref is not null as is_documented
    from ties as t
    cross join builds as b
    where t.rank_no = 1 and t.started_at is not null
),

edges as (
    select *, null as tie_id, null as tie_type, true as is_documented from material
    union all
    select *, null as tie_id, null as tie_type, false as is_documented from unknown
    union all
    select * from knowledge
)

select
    e.edge_kind, cast(e.year as integer) as year, e.source_id, e.target_id, e.spend_eur, e.n_records, e.valid_from,
    e.valid_to, e.source_name, cast(e.tie_id as varchar) as tie_id, cast(e.tie_type as varchar) as tie_type,
    case
        when e.source_id = '_UNK' then 0
        when e.is_documented and s.entity_id is not null and t.entity_id is not null
            then {{ parameter('edge_confidence_documented') }}
        else {{ parameter('edge_confidence_stated') }}
    end as confidence
from edges as e
left join companies as s on e.source_id = s.entity_id
left join companies as t on e.target_id = t.entity_id

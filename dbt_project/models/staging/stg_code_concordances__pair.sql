{#- The newest table of each pair of editions and kind; the relation is computed from the pairs, not taken over. -#}
with

pairs as (
    select * from {{ source('landing', 'code_concordances__pairs') }}
),

deliveries as (
    select delivery_id, received_at from {{ source('landing', 'deliveries') }}
),

ranked as (
    select
        p.*,
        dense_rank() over (
            partition by p.from_revision, p.to_revision, p.table_kind
            order by d.received_at desc, p.delivery_id desc
        ) as age_rank
    from pairs as p
    left join deliveries as d on p.delivery_id = d.delivery_id
),

counted as (
    select
        *,
        count(*) over (partition by from_revision, to_revision, table_kind, from_code) as to_count,
        count(*) over (partition by from_revision, to_revision, table_kind, to_code) as from_count
    from ranked
    where age_rank = 1
)

select
    classification,
    from_revision,
    to_revision,
    table_kind,
    from_code,
    to_code,
    from_name,
    to_name,
    to_count,
    from_count,
    case when from_count > 1 then 'n' else '1' end || ':' || case when to_count > 1 then 'n' else '1' end
        as relationship,
    relationship_sent,
    coalesce(is_part, false) as is_part,
    delivery_id,
    row_number,
    source_ref
from counted

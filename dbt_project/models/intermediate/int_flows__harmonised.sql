{#-
  Trade rows under the codes of one edition (var hs_target_revision). A code that was split has no single target: its
  value stays unmapped and is named as a share, never spread by a guess. Tables are read in both directions.
-#}
{% set target_revision = var('hs_target_revision', 'HS22') %}

with

flows as (
    select * from {{ ref('stg_trade_data__flow') }}
    where not is_excluded
),

pairs as (
    select * from {{ ref('stg_code_concordances__pair') }}
    where classification = 'HS' and table_kind = 'correlation'
),

forward as (
    select from_revision, from_code, to_code, to_count, from_count
    from pairs
    where to_revision = '{{ target_revision }}'
),

forward_editions as (
    select distinct from_revision from forward
),

-- A table from the target edition backwards says the same; it is used where no forward one arrived.
backward as (
    select
        p.to_revision as from_revision,
        p.to_code as from_code,
        p.from_code as to_code,
        p.from_count as to_count,
        p.to_count as from_count
    from pairs as p
    left join forward_editions as f on p.to_revision = f.from_revision
    where p.from_revision = '{{ target_revision }}' and f.from_revision is null
),

leads as (
    select * from forward
    union all
    select * from backward
),

targets as (
    select
        from_revision, from_code,
        case when count(*) = 1 then min(to_code) end as to_code,
        count(*) as n_targets,
        case when max(from_count) > 1 then 'n' else '1' end || ':' || case when count(*) > 1 then 'n' else '1' end
            as relationship
    from leads
    group by from_revision, from_code
),

mapped as (
    select
        f.delivery_id, f.row_number, f.code_scheme, f.reporter_code, f.flow, f.year, f.value_usd,
        f.hs_code, f.hs_revision,
        '{{ target_revision }}' as target_revision,
        case when f.hs_revision = '{{ target_revision }}' then f.hs_code else t.to_code end as target_code,
        case
            when f.hs_revision = '{{ target_revision }}' then 'same_edition'
            when not regexp_full_match(f.hs_code, '[0-9]{6}') then 'not_a_subheading'
            when t.from_code is null then 'no_pair'
            else t.relationship
        end as relationship,
        coalesce(t.n_targets, 0) as n_targets
    from flows as f
    left join targets as t on f.hs_revision = t.from_revision and f.hs_code = t.from_code
)

select
    delivery_id, row_number, code_scheme, reporter_code, flow, year, value_usd, hs_code, hs_revision,
    target_revision, target_code, relationship, n_targets,
    relationship in ('1:n', 'n:n') and target_code is null as is_split,
    coalesce(
        sum(value_usd) filter (relationship <> 'not_a_subheading' and target_code is null) over cell
        / nullif(sum(value_usd) filter (relationship <> 'not_a_subheading') over cell, 0), 0
    ) as unmapped_value_share
from mapped
window cell as (partition by code_scheme, reporter_code, flow, hs_revision, year)

{#-
  The released value that a target is about, in the year looked at and in its base year: the headline row of the KPI for
  that company, sector or the network, or the variant that was agreed.
-#}
with

sectors as (
    select distinct sector from {{ ref('nace_sectors') }}
),

targets as (
    select
        t.*,
        case when t.entity_id is null or s.sector is not null then 'network' else t.entity_id end as owner_id,
        s.sector as dim_sector
    from {{ ref('int_targets') }} as t
    left join sectors as s on t.entity_id = s.sector
),

results as (
    select
        *,
        cast(extract(year from period_start) as integer) as value_year,
        nullif(dim_sector, 'all') as own_sector
    from {{ ref('int_kpi_values') }}
    where
        extract(year from period_start) = extract(year from period_end)
        and coalesce(dim_region, 'all') = 'all'
        and coalesce(dim_size_class, 'all') = 'all'
        and coalesce(dim_category, 'all') = 'all'
),

candidates as (
    select
        t.target_id,
        t.year,
        r.value_year,
        r.kpi_id,
        r.entity_type,
        r.entity_id,
        r.period_start,
        r.dim_hash,
        r.value,
        r.value_low,
        r.value_high,
        r.unit,
        r.status,
        r.coverage,
        r.n_units,
        r.dq_score,
        r.primary_share,
        r.imputed_share,
        r.worst_tier,
        -- Without an agreed variant the one that stands for the whole counts, never one breakdown among several.
        row_number() over (
            partition by t.target_id, t.year, r.value_year
            order by
                coalesce(list_position({{ whole_variants() }}, coalesce(r.dim_variant, '')), 9),
                coalesce(list_position(['', 'any', 'all'], coalesce(r.dim_standard, '')), 9),
                r.dim_hash
        ) as choice,
        coalesce(r.dim_standard, 'any') in ('any', 'all')
        or count(*) over (partition by t.target_id, t.year, r.value_year, r.dim_variant) = 1 as is_whole
    from targets as t
    inner join results as r
        on
            t.kpi_id = r.kpi_id and t.owner_id = r.entity_id
            and t.dim_sector is not distinct from r.own_sector
            and r.value_year in (t.year, t.base_year)
            and (
                t.dim_variant = r.dim_variant
                or (t.dim_variant is null and list_contains({{ whole_variants() }}, coalesce(r.dim_variant, '')))
            )
)

select
    * exclude (choice, is_whole)
from candidates
where choice = 1 and is_whole

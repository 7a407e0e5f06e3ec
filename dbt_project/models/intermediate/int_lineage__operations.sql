{#- Which transport legs, stocks and members the results of R08–R10, R12, R14, R15, R22 and N03 were made of. -#}
with results as (
    {{ union_of(
        ['kpi_n03', 'kpi_r08', 'kpi_r09', 'kpi_r10', 'kpi_r12', 'kpi_r14', 'kpi_r15', 'kpi_r22'], result_columns()
    ) }}
),

stocks as (
    select
        *,
        entity_id || '|' || coalesce(supplier_id, site_id, '') as relation_id,
        item_id || coalesce('@' || site_id, '') as relation_item
    from {{ ref('int_stock_items') }}
),

freight as (
    select
        entity_id,
        year,
        material,
        destination_country || ':' || destination_region as region_id,
        sum(mass_t) as mass_t,
        delivery_id,
        min(row_number) as row_number
    from {{ ref('int_freight') }}
    group by entity_id, year, material, region_id, delivery_id
),

inputs as (
    select
        r.*,
        'mass_t' as input_name,
        f.mass_t as input_value,
        f.material as input_text,
        't' as input_unit,
        f.delivery_id,
        f.row_number
    from results as r
    inner join freight as f
        on
            extract(year from r.period_start) = f.year and coalesce(r.dim_category, f.material) = f.material
            and (
                (r.entity_type = 'company' and r.entity_id = f.entity_id) or r.entity_type = 'network'
                or (r.entity_type = 'region' and r.entity_id = f.region_id)
            )
    where r.kpi_id in ('R08', 'R09', 'R10')
    union all
    select r.*, 'on_hand_units', s.on_hand_units, s.item_id, 'units', s.delivery_id, s.row_number
    from results as r
    inner join stocks as s
        on
            extract(year from r.period_start) = s.year
            and (
                (r.entity_type = 'relation' and r.entity_id = s.relation_id and r.dim_category = s.relation_item)
                or (r.entity_type = 'company' and r.entity_id = s.entity_id)
                or (
                    r.entity_type = 'site' and r.entity_id = coalesce(s.site_id, s.entity_id)
                    and r.dim_category = s.item_id
                )
            )
    where r.kpi_id in ('R14', 'R15', 'R22')
    union all
    select r.*, 'member', cast(m.is_active as integer), m.member_id, null, m.delivery_id, m.row_number
    from results as r
    inner join {{ ref('int_members') }} as m on extract(year from r.period_start) = m.year and m.is_member
    where r.kpi_id in ('N03', 'R12') and coalesce(r.dim_size_class, m.size_class) is not distinct from m.size_class
)

select
    kpi_id,
    entity_type,
    entity_id,
    period_start,
    dim_hash,
    'master_data' as input_kind,
    input_name,
    cast(input_value as double) as input_value,
    cast(input_text as varchar) as input_text,
    cast(input_unit as varchar) as input_unit,
    case when input_value is null then 'missing' else 'used' end as input_state,
    delivery_id,
    row_number,
    {{ no_kpi_input() }}
from inputs

-- Raw material per tonne of material, by type of footprint. The newest edition serves all years.
select
    lower(trim(f.material_id)) as material_id,
    f.footprint_type,
    cast(f.value as double) as t_per_t,
    coalesce(cast(f.u_rel as double), cast(t.u_rel as double)) as u_rel,
    f.delivery_id,
    f.row_number
from {{ ref('stg_local_context__material_factor') }} as f
left join {{ ref('data_tiers') }} as t on t.tier = 4
left join {{ ref('stg_landing__delivery') }} as d on f.delivery_id = d.delivery_id
qualify
    row_number() over (
        partition by lower(trim(f.material_id)), f.footprint_type
        order by f.year desc, f.edition desc nulls last, d.received_at desc, f.delivery_id desc, f.row_number desc
    ) = 1

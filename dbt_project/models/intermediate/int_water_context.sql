-- AWARE factor and baseline water stress of each basin and country. The newest edition serves all years: the values are
-- long-term averages, and a series that changes its edition half-way would show the edition.
with listed as (
    select
        w.area_kind,
        case w.area_kind when 'country' then c.iso2 else lower(trim(w.area)) end as area_key,
        w.measure,
        cast(w.value as double) as value,
        -- A value without a stated uncertainty: published for this very basin (tier 2), or a mean of the country (4).
        coalesce(cast(w.u_rel as double), cast(t.u_rel as double)) as u_rel,
        w.year,
        w.edition,
        d.received_at,
        w.delivery_id,
        w.row_number
    from {{ ref('stg_local_context__water_context') }} as w
    left join {{ ref('countries') }} as c
        on w.area_kind = 'country' and lower(trim(w.area)) in (lower(c.iso2), lower(c.iso3), lower(c.name))
    left join {{ ref('data_tiers') }} as t on t.tier = case w.area_kind when 'basin' then 2 else 4 end
    left join {{ ref('stg_landing__delivery') }} as d on w.delivery_id = d.delivery_id
)

select
    area_kind,
    area_key,
    measure,
    value,
    u_rel,
    delivery_id,
    row_number
from listed
where area_key is not null
qualify
    row_number() over (
        partition by area_kind, area_key, measure
        order by year desc, edition desc nulls last, received_at desc, delivery_id desc, row_number desc
    ) = 1

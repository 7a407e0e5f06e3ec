{#-
  Flows of material: the legs of one shipment make one flow from its first start to its last end. Distance as sent, else
  great circle with the detour factor (tier 4); without both it is unknown. A leg delivered again replaces the earlier one.
-#}
with

legs as (
    select
        *,
        cast(extract(year from coalesce(delivered_at, shipped_at)) as integer) as year,
        row_number() over (partition by entity_id, leg_id order by delivery_id desc, row_number desc) as rank_no
    from {{ ref('stg_logistics__leg') }}
),

placed as (
    select
        *,
        coalesce(shipment_id, 'leg:' || leg_id) as flow_id,
        -- Haversine formula with the mean radius of the earth.
        power(sin(radians(destination_lat - origin_lat) / 2), 2)
        + cos(radians(origin_lat)) * cos(radians(destination_lat))
        * power(sin(radians(destination_lon - origin_lon) / 2), 2) as haversine
    from legs
    where rank_no = 1
),

measured as (
    select
        *,
        case
            when haversine is not null
                then 2 * 6371.0088 * asin(sqrt(least(1, haversine))) * {{ parameter('great_circle_factor') }}
        end as circle_km
    from placed
),

flows as (
    select
        entity_id,
        flow_id,
        material,
        max(year) as year,
        max(mass_t) as mass_t,
        case
            when count(coalesce(distance_km, circle_km)) = count(*)
                then round(sum(coalesce(distance_km, circle_km)), 6)
        end as distance_km,
        max(case
            when distance_km is null then 4
            when distance_source = 'great_circle' then 4
            when distance_source = 'capitals' then 5
            else 2
        end) as distance_tier,
        arg_min(origin_country, shipped_at) as origin_country,
        arg_min(struct_pack(place := origin_region), shipped_at).place as origin_region,
        arg_max(destination_country, shipped_at) as destination_country,
        arg_max(struct_pack(place := destination_region), shipped_at).place as destination_region,
        case when count(distinct region_scheme) = 1 then max(region_scheme) else 'mixed' end as region_scheme,
        min(delivery_id) as delivery_id,
        min(row_number) as row_number
    from measured
    group by entity_id, flow_id, material
)

select
    *,
    case
        when origin_country <> destination_country then false
        when origin_region is not null and destination_region is not null then origin_region = destination_region
    end as is_regional
from flows

-- Every mention of a company, site, group or product, as sent; `network_id` is an id of the network's own register.
with

countries as (
    select lower(name) as country_name, min(iso2) as iso2 from {{ ref('countries') }} group by lower(name)
),

mentions as (
    select
        entity_type as kind, 'company_register' as source, entity_id as network_id, entity_id as own_id, name,
        country
    from {{ ref('stg_company_register__company') }}
    union all by name
    select 'group' as kind, 'company_register' as source, parent_group_id as network_id, parent_group_id as own_id
    from {{ ref('stg_company_register__company') }}
    where parent_group_id is not null
    union all by name
    select
        'company' as kind, 'certification_registry' as source, holder_id as network_id, holder_id as own_id,
        holder_name as name, holder_country as country, holder_lei as lei, holder_gln as gln
    from {{ ref('stg_certification_registry__certificate') }}
    union all by name
    select
        'company' as kind, 'climate_targets' as source, t.sbti_id as own_id, t.company_name as name,
        c.iso2 as country, t.lei, t.isin
    from {{ ref('stg_certification_registry__climate_target') }} as t
    left join countries as c on lower(t.location) = c.country_name
    union all by name
    select
        'company' as kind, 'company_directories' as source, directory || ':' || listing_id as own_id,
        company_name as name, city as address, country_iso2 as country, lei, isin, vat_id, euid, duns, os_id
    from {{ ref('stg_company_directories__listing') }}
    union all by name
    select
        'company' as kind, 'product_footprints' as source, company_name as name,
        nullif(regexp_extract(company_ids, 'buyer-assigned:([^"]+)"', 1), '') as network_id
    from {{ ref('stg_product_footprints__footprint') }}
    union all by name
    select 'company' as kind, 'purchase_lines' as source, supplier_id as network_id, supplier_id as own_id
    from {{ ref('stg_purchase_lines__purchase_line') }}
    union all by name
    select 'company' as kind, 'cooperation' as source, member_id as network_id, member_id as own_id, country
    from {{ ref('stg_cooperation__member') }}
    union all by name
    select 'company' as kind, 'supplier_survey' as source, entity_id as network_id, entity_id as own_id
    from {{ ref('stg_supplier_survey__answer') }}
    union all by name
    select
        'company' as kind, 'procurement' as source,
        buyer_scheme || ':' || buyer_id as own_id, buyer_name as name, buyer_country as country
    from {{ ref('stg_procurement__lot') }}
    union all by name
    select 'company' as kind, 'procurement' as source, supplier_ids as own_id, supplier_names as name
    from {{ ref('stg_procurement__lot') }}
    where n_suppliers = 1
    union all by name
    select
        'site' as kind, 'facility_lists' as source, facility_name as name,
        concat_ws(' ', address, address_2, city, region, postal_code) as address, country, os_id
    from {{ ref('stg_facility_lists__facility') }}
    union all by name
    select 'company' as kind, 'facility_lists' as source, parent_company as name
    from {{ ref('stg_facility_lists__facility') }}
    union all by name
    select
        'site' as kind, 'mill_register' as source, mill_id as own_id, mill_name as name,
        concat_ws(' ', district, province) as address, country_code as country
    from {{ ref('stg_mill_register__mill') }}
    union all by name
    select 'group' as kind, 'mill_register' as source, group_name as name
    from {{ ref('stg_mill_register__mill') }}
    union all by name
    select 'site' as kind, 'purchase_lines' as source, production_site_id as network_id, production_site_id as own_id
    from {{ ref('stg_purchase_lines__purchase_line') }}
    union all by name
    select 'product' as kind, 'purchase_lines' as source, item_id as network_id, item_id as own_id
    from {{ ref('stg_purchase_lines__purchase_line') }}
    union all by name
    select
        'product' as kind, 'product_footprints' as source, product_ids as own_id, product_name as name,
        nullif(regexp_extract(product_ids, '(?:gtin|01)[:/]([0-9]{8,14})', 1), '') as gtin
    from {{ ref('stg_product_footprints__footprint') }}
)

select * from mentions

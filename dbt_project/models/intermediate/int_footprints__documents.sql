{#- Exchanged footprints of PACT documents that still stand, one row per footprint and id of a product. -#}
with footprints as (
    select
        *,
        case left(spec_edition, 1) when '3' then '3.0' else '2.x' end as pact_edition
    from {{ ref('stg_product_footprints__footprint') }}
    where coalesce(lower(status), 'active') <> 'deprecated'
    qualify
        row_number() over (
            partition by footprint_id
            order by footprint_version desc nulls last, created_at desc nulls last, delivery_id desc, row_number desc
        ) = 1
),

replaced as (
    select unnest(from_json(preceding_ids, '["varchar"]')) as footprint_id
    from footprints
    where preceding_ids is not null
),

named as (
    select
        f.*,
        lower(unnest(from_json(f.product_ids, '["varchar"]'))) as product_urn,
        from_json(f.company_ids, '["varchar"]') as company_urns
    from footprints as f
    where f.footprint_id not in (select r.footprint_id from replaced as r where r.footprint_id is not null)
),

-- The id that the network gave to the company comes before any other.
companies as (
    select
        *,
        coalesce(
            nullif(regexp_extract(company_ids, '"([^"]*buyer-assigned:[^"]*)"', 1), ''), company_urns[1], company_name
        ) as company_urn
    from named
)

select
    footprint_id || '|' || {{ assigned_code('product_urn') }} as declaration_id,
    {{ assigned_code('company_urn') }} as entity_id,
    {{ assigned_code('company_urn') }} as maker_id,
    {{ assigned_code('product_urn') }} as product_id,
    pact_edition,
    declared_unit,
    cast(declared_unit_amount as double) as declared_unit_amount,
    cast(product_mass_kg as double) as product_mass_per_declared_unit,
    cast(pcf_excluding_biogenic_kgco2e as double) as pcf_value,
    cast(pcf_including_biogenic_kgco2e as double) as pcf_including_uptake,
    cast(biogenic_uptake_kgco2e as double) as biogenic_uptake,
    pcf_excluding_biogenic as pcf_value_text,
    pcf_including_biogenic as pcf_including_uptake_text,
    biogenic_uptake as biogenic_uptake_text,
    cast(primary_data_share_percent as double) as primary_data_share,
    cast(exempted_emissions_percent as double) as exempted_emissions_percent,
    cast(dqr_coverage_percent as double) as coverage_percent,
    {%- for question in rating_questions() %}
    cast({{ question }} as double) as {{ question }},
    {%- endfor %}
    cast(cast(period_start_at as timestamptz) as date) as reference_period_start,
    cast(cast(period_end_at as timestamptz) as date) as reference_period_end,
    cast(cast(validity_start_at as timestamptz) as date) as validity_period_start,
    cast(cast(validity_end_at as timestamptz) as date) as validity_period_end,
    case when assurance_provider is not null and coalesce(is_assured, true) then 1 else 2 end as tier,
    created_at,
    delivery_id,
    row_number
from companies

with

lots as (
    select * from {{ source('landing', 'procurement__lots') }}
),

countries as (
    select * from {{ ref('countries') }}
),

-- eForms writes three letters, OCDS two letters or a name in any language; a name stays as sent.
codes as (
    select iso2, iso2 as code from countries
    union all
    select iso2, iso3 as code from countries
)

select
    l.standard,
    l.standard_version,
    l.notice_id,
    l.notice_version,
    l.procedure_id,
    l.procedure_scheme,
    l.notice_type,
    l.notice_subtype,
    l.phase,
    l.notice_date,
    l.notice_language,
    l.other_languages,
    l.buyer_id,
    l.buyer_scheme,
    l.buyer_name,
    l.buyer_country as buyer_country_as_sent,
    c.iso2 as buyer_country,
    l.n_buyers,
    l.procedure_method,
    l.procedure_method_state,
    l.procedure_details,
    l.lot_level,
    l.lot_id,
    l.lot_title,
    l.title_language,
    l.cpv_main,
    l.cpv_additional,
    l.other_classifications,
    l.estimated_value,
    l.estimated_currency,
    l.estimated_value_state,
    l.award_id,
    l.award_status,
    l.award_date,
    l.award_value,
    l.award_currency,
    l.award_value_state,
    l.award_value_basis,
    l.n_award_lots,
    l.contract_ids,
    l.contract_date,
    l.supplier_ids,
    l.supplier_names,
    l.n_suppliers,
    l.framework_state,
    l.framework_type,
    l.strategic_state,
    l.strategic_codes,
    l.strategic_level,
    l.green_state,
    l.green_codes,
    l.social_state,
    l.social_codes,
    l.innovation_state,
    l.innovation_codes,
    l.gpp_state,
    l.gpp_codes,
    l.strategies,
    l.strategic_description,
    l.withheld_fields,
    l.delivery_id,
    l.row_number,
    l.source_ref
from lots as l
left join codes as c on l.buyer_country = c.code

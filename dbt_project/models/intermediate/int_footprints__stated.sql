{#- Declared footprints that were answered in the survey, one row per product and year. -#}
with answers as (
    select * from {{ ref('int_footprints__answers') }}
    where component_id = ''
)

select
    entity_id,
    maker_id,
    product_id,
    year,
    -- The meaning of a value and the scale of a rating depend on the edition.
    case left(max(value_text) filter (where question_id = 'pact_edition'), 1)
        when '2' then '2.x'
        when '3' then '3.0'
    end as pact_edition,
    {%- for question in ['pcf_value', 'pcf_including_uptake', 'biogenic_uptake', 'declared_unit_amount',
        'product_mass_per_declared_unit', 'primary_data_share', 'exempted_emissions_percent', 'coverage_percent']
        + rating_questions() %}
    max(cast(value as double)) filter (where question_id = '{{ question }}') as {{ question }},
    {%- endfor %}
    {%- for question in ['pcf_value', 'pcf_including_uptake', 'biogenic_uptake'] %}
    max(value_text) filter (where question_id = '{{ question }}') as {{ question }}_text,
    {%- endfor %}
    max(value_text) filter (where question_id = 'declared_unit_of_measurement') as declared_unit,
    {%- for question in ['reference_period_start', 'reference_period_end', 'validity_period_start',
        'validity_period_end'] %}
    max(try_cast(value_text as date)) filter (where question_id = '{{ question }}') as {{ question }},
    {%- endfor %}
    max(tier) filter (where question_id = 'pcf_value') as tier,
    max(u_rel) filter (where question_id = 'pcf_value') as u_rel,
    bool_or(is_imputed) filter (where question_id = 'pcf_value') as is_imputed,
    max(delivery_id) filter (where question_id = 'pcf_value') as delivery_id,
    max(row_number) filter (where question_id = 'pcf_value') as row_number
from answers
group by entity_id, maker_id, product_id, year

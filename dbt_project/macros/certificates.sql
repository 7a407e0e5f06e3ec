{#- Does a certificate (or one of its intervals) speak for a supplier at a production site? -#}
{% macro certificate_fits(unit, certificate) -%}
    {{ unit }}.supplier_id = {{ certificate }}.holder_id
            and (
                {{ certificate }}.site_id is null
                or {{ unit }}.production_site_id = {{ certificate }}.site_id
                or {{ unit }}.supplier_id = {{ certificate }}.site_id
            )
{%- endmacro %}

{#- C04: 1 self-declared, 2 second party, 3 third party, 4 third party, accredited and recognised; NULL if not said. -#}
{% macro assurance_level(assurance_type, accreditation_body, is_recognised) -%}
    case replace(lower({{ assurance_type }}), '-', '_')
        when 'self_declared' then 1
        when 'first_party' then 1
        when 'second_party' then 2
        when 'third_party' then case when {{ accreditation_body }} is not null and {{ is_recognised }} then 4 else 3 end
    end
{%- endmacro %}

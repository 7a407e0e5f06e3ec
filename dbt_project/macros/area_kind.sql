{#- Whether an area of a publisher is a country: only a country of the seed is one. Groups are known by code or name. -#}
{% macro area_kind(country, code, name) %}
    case
        when {{ country }} is not null then 'country'
        when
            {{ code }} like 'ZZ%' or {{ code }} like 'OWID%' or regexp_matches(
                lower({{ name }}),
                'world|income|union|^eu-|oecd|annex|countries|africa|asia|europe|america|oceania|pacific|arab|caribbean|develop'
            ) then 'aggregate'
        else 'unspecified'
    end
{% endmacro %}

-- All parts of E01-E04, with the decision whether a reported total or its parts count; the two are never added.
with parts as (
    select * from {{ ref('int_emissions__scope1_parts') }}
    union all
    select * from {{ ref('int_emissions__scope2_parts') }}
    union all
    select * from {{ ref('int_emissions__scope3_parts') }}
)

{{ chosen_parts('parts') }}

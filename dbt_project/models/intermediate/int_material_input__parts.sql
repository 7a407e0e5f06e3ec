-- Direct material input by material and site, with the decision whether a total or its materials count.
with parts as (
    {{ site_parts(['input_t'], "'E20'") }}
)

{{ chosen_parts('parts') }}

{#- Days without the item after the supplier stopped for `ttr` days; 0 where nothing is missing per day. -#}
{% macro survival_gap(ttr) -%}
    case
        when not is_complete or {{ ttr }} is null then null
        when net_units = 0 then 0
        else greatest(0, {{ ttr }} - tts_days)
    end
{%- endmacro %}

{#- Spend of the critical items that `is_known` holds for; without any spend their number. Basis of R14, R15 and R22. -#}
{% macro critical_coverage(is_known) -%}
    coalesce(
        {{ ratio('sum(case when is_critical and ' ~ is_known ~ ' then spend_eur else 0 end)',
            'sum(case when is_critical then spend_eur end)') }},
        {{ ratio('count(*) filter (where is_critical and ' ~ is_known ~ ')', 'count(*) filter (where is_critical)') }},
        {{ ratio('count(*) filter (where ' ~ is_known ~ ')', 'count(*)') }})
{%- endmacro %}

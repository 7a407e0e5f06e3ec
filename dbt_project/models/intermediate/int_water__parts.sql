-- Water withdrawn (E13) and discharged (E14), by site; a total of a site replaces its sources or is left out for them.
with parts as (
    {{ site_parts(
        ['withdrawal_m3', 'discharge_m3'], "case question_id when 'withdrawal_m3' then 'E13' else 'E14' end"
    ) }}
)

{{ chosen_parts('parts') }}

{%- set shares = ['f_recycled', 'f_reused', 'f_biological', 'c_recycling', 'c_reuse', 'c_composting', 'c_energy',
    'e_feedstock', 'e_recycling'] -%}
-- Material circularity per product and tonne of its mass, for the stated efficiencies and a tenth up or down.
with products as (
    select
        *,
        {% for share in shares -%}
        cast({{ share }} is not null as integer) {{ '+ ' if not loop.last else 'as n_known,' }}
        {% endfor -%}
        -- Without a lifetime or a use the product counts as an average one, which is a guess (tier 5).
        case when lifetime is null or lifetime_avg is null then 1 else {{ ratio('lifetime', 'lifetime_avg') }} end
        * case
            when use_intensity is null or use_intensity_avg is null then 1
            else {{ ratio('use_intensity', 'use_intensity_avg') }}
        end as x,
        cast(lifetime is null or lifetime_avg is null as integer)
        + cast(use_intensity is null or use_intensity_avg is null as integer) as n_guessed
    from {{ ref('int_circularity__inputs') }}
),

steps as (
    select unnest([-1, 0, 1]) as step
),

scenarios as (
    select
        d.*,
        f.step = 0 and c.step = 0 as is_value,
        least(1, d.e_feedstock * (1 + f.step * {{ parameter('mci_efficiency_range') }})) as e_f,
        least(1, d.e_recycling * (1 + c.step * {{ parameter('mci_efficiency_range') }})) as e_c
    from products as d
    cross join steps as f
    cross join steps as c
),

flows as (
    select
        *,
        1 - f_recycled - f_reused - f_biological as v,
        1 - c_recycling - c_reuse - c_composting - c_energy as w0,
        (1 - e_c) * c_recycling as w_c,
        case when f_recycled = 0 then 0 else (1 - e_f) * {{ ratio('f_recycled', 'e_f') }} end as w_f
    from scenarios
),

indices as (
    select
        *,
        w0 + (w_f + w_c) / 2 as w,
        {{ ratio('v + w0 + (w_f + w_c) / 2', '2 + (w_f - w_c) / 2') }} as lfi
    from flows
),

scored as (
    select
        *,
        case
            when n_known = {{ shares | length }} and x > 0 and lfi is not null then greatest(0, 1 - lfi * 0.9 / x)
        end as mci
    from indices
)

select
    entity_id,
    site_id,
    product_id,
    year,
    any_value(mass_t) as mass_t,
    {% for name in ['v', 'w0', 'w_f', 'w_c', 'w', 'lfi'] -%}
    round(max(case when is_value then {{ name }} end), 9) as {{ name }},
    {% endfor -%}
    any_value(x) as x,
    round(max(case when is_value then mci end), 9) as value,
    round(min(mci), 9) as value_low,
    round(max(mci), 9) as value_high,
    any_value(n_known) as n_known,
    {{ ratio('any_value(n_known)', shares | length) }} as coverage,
    {{ ratio('any_value(coalesce(tiers, 0) + 5 * n_guessed)', 'any_value(n_values + n_guessed)') }} as dq_score,
    {{ ratio('any_value(n_primary)', 'any_value(n_values + n_guessed)') }} as primary_share,
    {{ ratio('any_value(n_imputed + n_guessed)', 'any_value(n_values + n_guessed)') }} as imputed_share,
    any_value(case when n_guessed > 0 then 5 else worst_tier end) as worst_tier,
    case
        when any_value(is_not_applicable) then 'not_applicable'
        when any_value(n_values) = 0 then 'not_reported'
        when any_value(n_known) < {{ shares | length }} then 'insufficient_coverage'
        else 'ok'
    end as base_status
from scored
group by entity_id, site_id, product_id, year

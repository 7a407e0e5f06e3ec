{#- Age rule (§2.1): one tier more for each year, begun, beyond the first twelve months; never worse than 5. -#}
{% macro aged_tier(tier, age_months) -%}
    cast(least(5, {{ tier }} + ceil(greatest(0, {{ age_months }} - 12) / 12.0)) as integer)
{%- endmacro %}

{#- U1, product or quotient: relative half-widths add in squares. -#}
{% macro u_product(first, second) -%}
    sqrt(power(coalesce({{ first }}, 0), 2) + power(coalesce({{ second }}, 0), 2))
{%- endmacro %}

{#- U1 up to a relative half-width of 0.30, U2 (log-normal, GSD² = 1 + u) above it. `sign` is '-' or '+'. -#}
{% macro interval_end(value, half_width, sign, always_lognormal='false') -%}
    case
        when {{ value }} > 0 and ({{ half_width }} > 0.30 * {{ value }} or {{ always_lognormal }})
            then cast({{ value }} as double) {{ '/' if sign == '-' else '*' }} (1 + {{ half_width }} / {{ value }})
        else cast({{ value }} as double) {{ sign }} {{ half_width }}
    end
{%- endmacro %}

{#- U4, Byar's closed form of the Poisson interval of k events. -#}
{% macro byar_low(k) -%}
    case
        when {{ k }} > 0
            then {{ k }} * power(1 - 1 / (9.0 * {{ k }}) - 1.959964 / (3 * sqrt({{ k }})), 3)
        when {{ k }} = 0 then 0
    end
{%- endmacro %}

{% macro byar_high(k) -%}
    ({{ k }} + 1) * power(1 - 1 / (9.0 * ({{ k }} + 1)) + 1.959964 / (3 * sqrt({{ k }} + 1)), 3)
{%- endmacro %}

{#- Mean of a quality measure, weighed by contribution; the plain worst-case maximum if nothing contributes. -#}
{% macro weighed_mean(measure, contribution) -%}
    coalesce(
        {{ ratio('sum(' ~ exact('abs(' ~ contribution ~ ') * ' ~ measure) ~ ')', 'sum(' ~ exact('abs(' ~ contribution ~ ')') ~ ')') }},
        max({{ measure }})
    )
{%- endmacro %}

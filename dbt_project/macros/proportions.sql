{#- U5, the ends of Wilson's interval of k successes in n trials; `sign` is '-' or '+'. NULL without trials. -#}
{% macro wilson(k, n, sign) -%}
    case
        when {{ n }} > 0
            then (
                cast({{ k }} as double) / {{ n }} + 3.8414589 / (2 * {{ n }})
                {{ sign }} 1.959964 * sqrt(
                    greatest(0, cast({{ k }} as double) / {{ n }} * (1 - cast({{ k }} as double) / {{ n }}) / {{ n }})
                    + 3.8414589 / (4.0 * {{ n }} * {{ n }})
                )
            ) / (1 + 3.8414589 / {{ n }})
    end
{%- endmacro %}

{#- The columns of a measure that is counted, not estimated: what the cases say is of the first hand. -#}
{% macro counted_quality(tier=2) -%}
    {{ tier }} as dq_score,
        {{ 1 if tier <= 2 else 0 }} as primary_share,
        0 as imputed_share,
        {{ tier }} as worst_tier,
        false as is_lower_bound
{%- endmacro %}

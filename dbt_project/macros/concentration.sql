{#- Concentration of shares that add up to 1: the one formula behind R01, R02, R06 and R13. -#}
{% macro hhi(share) -%}
    fsum(({{ share }}) * ({{ share }}))
{%- endmacro %}

{#- Bounds if the unknown share of the total is spread over many (low) or belongs to the largest (high); §8 R06. -#}
{% macro hhi_low(share, unknown) -%}
    {{ hhi(share ~ ' * (1 - ' ~ unknown ~ ')') }}
{%- endmacro %}

{% macro hhi_high(share, unknown) -%}
    ({{ hhi(share ~ ' * (1 - ' ~ unknown ~ ')') }}
        - power(max({{ share }}) * (1 - max({{ unknown }})), 2)
        + power(max({{ share }}) * (1 - max({{ unknown }})) + max({{ unknown }}), 2))
{%- endmacro %}

{#-
  Share of the spend whose amount is known in the common currency. `spend_weight` is an estimate for lines that could
  not be converted; lines without any estimate weigh as much as the average line. 0 if nothing is known.
-#}
{% macro spend_coverage(spend='spend', spend_weight='spend_weight', n_weighed='n_weighed', n_lines='n_lines') -%}
    coalesce(
        {{ ratio('sum(' ~ spend ~ ')', 'sum(' ~ spend_weight ~ ')') }}
        * {{ ratio('sum(' ~ n_weighed ~ ')', 'sum(' ~ n_lines ~ ')') }}, 0)
{%- endmacro %}

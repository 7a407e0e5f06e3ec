{#- Dimensions of data-quality ratings (E09); edition 3.0 knows the first three. -#}
{% macro rating_dimensions(edition='2.x') -%}
    {{ return(['technological', 'temporal', 'geographical'] + (['completeness', 'reliability'] if edition == '2.x' else [])) }}
{%- endmacro %}

{% macro rating_questions() -%}
    {%- set names = [] -%}
    {%- for dimension in rating_dimensions() -%}{%- do names.append('dqr_' ~ dimension) -%}{%- endfor -%}
    {{ return(names) }}
{%- endmacro %}

{#- Worst rating on the scale of an edition; NULL without an edition, so that no rating can be read. -#}
{% macro worst_rating(edition) -%}
    case {{ edition }} when '2.x' then 3.0 when '3.0' then 5.0 end
{%- endmacro %}

{#- The own code in a URN such as urn:pact:company:customcode:buyer-assigned:C0012; anything else stays as it is. -#}
{% macro assigned_code(urn) -%}
    case
        when {{ urn }} ilike '%-assigned:%' then regexp_extract({{ urn }}, '-assigned:(.*)$', 1)
        else {{ urn }}
    end
{%- endmacro %}

{#- Digits after the point of a number as it was sent. -#}
{% macro decimals(text) -%}
    length(split_part(coalesce({{ text }}, ''), '.', 2))
{%- endmacro %}

{#- Ratings of declared footprints in the columns of rolled-up ones; one outside the scale of its edition is none. -#}
{% macro declared_ratings(declared) -%}
    {%- for dimension in rating_dimensions() %}
    {%- if not loop.first %}
    union all
    {%- endif %}
    select
        d.year,
        d.node_id,
        d.pact_edition,
        '{{ dimension }}' as dimension,
        d.rating,
        coalesce(d.rating, 0) as rated_sum,
        cast(d.rating is not null as integer) as rated_share,
        case d.pact_edition when '2.x' then d.coverage_percent end as coverage_percent
    from (
        select
            s.*,
            case when s.dqr_{{ dimension }} between 1 and {{ worst_rating('s.pact_edition') }} then s.dqr_{{ dimension }} end
                as rating
        from {{ declared }} as s
        left join {{ ref('int_footprints__made') }} as m on s.year = m.year and s.node_id = m.node_id
        where m.node_id is null
        {%- if dimension not in rating_dimensions('3.0') %} and s.pact_edition = '2.x'{% endif %}
    ) as d
    {%- endfor %}
{%- endmacro %}

{#- Lineage of footprints: the headline rows of a KPI that a result stands on, in the columns that kpi_inputs reads. -#}
{% macro footprint_inputs(results, kpi_id, holds, condition) -%}
    select distinct
        {{ result_and_input('r', 'e') }},
        case when e.value is null then 'missing' else 'used' end as input_state
    from {{ results }} as r
    inner join {{ ref('kpi_' ~ kpi_id | lower) }} as e
        on r.period_start = e.period_start and {{ holds }} and e.dim_variant = 'headline'
    where {{ condition }}
{%- endmacro %}

{#- What products pass on to what they go into: by amount, or by share of the footprint. -#}
{% macro footprint_measures(system=none) -%}
    {%- set quantity = ['gap', 'n_open', 'tier_1', 'tier_2', 'tier_3', 'tier_4', 'tier_5'] -%}
    {%- set share = ['dq_score', 'primary_share', 'imputed_share', 'primary_percent', 'unknown_share'] -%}
    {{ return(quantity if system == 'quantity' else share if system == 'share' else quantity + share) }}
{%- endmacro %}

{#- One row per edition and dimension, with the worst rating of the scale. -#}
{% macro rating_kinds() -%}
    {%- for edition in ['2.x', '3.0'] %}
    {%- for dimension in rating_dimensions(edition) %}
    select
        '{{ edition }}' as pact_edition,
        '{{ dimension }}' as dimension,
        {{ worst_rating("'" ~ edition ~ "'") }} as worst
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
{%- endmacro %}

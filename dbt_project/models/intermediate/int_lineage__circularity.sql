{#-
  Which answers and which context the results on scarce water, circularity and material were made of. A result of the
  network names the results of its companies.
-#}
with results as (
    {{ union_of(circularity_models(), result_columns()) }}
),

answers as (
    select
        r.kpi_id, r.entity_type, r.entity_id, r.period_start, r.dim_hash, a.question_id, a.item, a.value, a.value_text,
        a.unit, a.value_state, a.delivery_id, a.row_number
    from results as r
    inner join {{ ref('kpi_questions') }} as q on r.kpi_id = q.kpi_id
    inner join {{ ref('int_answers') }} as a
        on
            q.question_id = a.question_id
            and a.year between extract(year from r.period_start) and extract(year from r.period_end)
            and r.entity_id = case r.entity_type
                when 'product' then concat_ws('|', a.entity_id, nullif(a.site_id, ''), a.item)
                else a.entity_id
            end
            and (r.kpi_id <> 'E18' or r.dim_category is null or r.dim_category = a.item)
),

factors as (
    select distinct
        r.kpi_id, r.entity_type, r.entity_id, r.period_start, r.dim_hash,
        c.measure || ', ' || c.area_kind as factor_name, c.area_key as factor_key, c.value, c.delivery_id, c.row_number
    from results as r
    inner join {{ ref('int_water_consumption') }} as w
        on r.entity_id = w.entity_id and r.period_start = make_date(cast(w.year as integer), 1, 1)
    inner join {{ ref('int_water_context') }} as c
        on
            (c.area_key, c.area_kind) in ((w.basin, 'basin'), (w.country, 'country'))
            and c.measure = case r.kpi_id when 'E14' then 'aware_cf' else 'baseline_water_stress' end
    where r.kpi_id in ('E14', 'E15')
    union all
    select distinct
        r.kpi_id, r.entity_type, r.entity_id, r.period_start, r.dim_hash, f.footprint_type, f.material_id, f.t_per_t,
        f.delivery_id, f.row_number
    from results as r
    inner join {{ ref('int_material_input__parts') }} as p
        on r.entity_id = p.entity_id and r.period_start = make_date(cast(p.year as integer), 1, 1)
    inner join {{ ref('int_material_factors') }} as f
        on lower(trim(p.item)) = f.material_id and r.dim_category = f.footprint_type
    where r.kpi_id = 'E21'
),

value_added as (
    select r.*, e.value_added_eur_const, e.delivery_id, e.row_number
    from results as r
    inner join {{ ref('int_answers__entities') }} as e
        on r.entity_id = e.entity_id and e.period_start between r.period_start and r.period_end
    where r.kpi_id = 'E20' and r.dim_variant <> 'direct_material_input' and e.is_registered
),

kpi_rows as (
    select
        {{ result_and_input('n', 'c') }}, if(c.value is null, 'missing', 'used') as input_state
    from results as n
    inner join results as c
        on
            n.kpi_id = c.kpi_id and n.period_start = c.period_start and n.period_end = c.period_end
            and n.dim_hash = c.dim_hash and c.entity_type = 'company'
    where n.kpi_id in ('E20', 'E21') and n.entity_type = 'network'
)

select
    kpi_id, entity_type, entity_id, period_start, dim_hash,
    {{ answer_input(
        'answer', "concat_ws(' ', question_id, nullif(item, ''))", 'value', 'coalesce(value_text, value_state)', 'unit',
        "case value_state when 'not_applicable' then 'excluded' when 'unknown' then 'missing' else 'used' end",
        'delivery_id', 'row_number'
    ) }}
from answers
union all
select
    kpi_id, entity_type, entity_id, period_start, dim_hash,
    {{ answer_input('factor', 'factor_name', 'value', 'factor_key', 'null', "'used'", 'delivery_id', 'row_number') }}
from factors
union all
select
    kpi_id, entity_type, entity_id, period_start, dim_hash,
    {{ answer_input(
        'master_data', "'value added in constant prices'", 'value_added_eur_const', 'null', "'EUR'",
        "if(value_added_eur_const is null, 'missing', 'used')", 'delivery_id', 'row_number'
    ) }}
from value_added
union all
{{ kpi_inputs('kpi_rows') }}

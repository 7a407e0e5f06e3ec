-- Which agreed rows and which results of other KPIs the results of N04 and N05 were made of.
with results as (
    {{ union_of(['kpi_n04', 'kpi_n05'], result_columns()) }}
),

targets as (
    select * from {{ ref('int_target_progress') }}
),

values_read as (
    select
        {{ result_and_input('r', 'v') }},
        case
            when v.value is null then 'missing'
            -- The base year stands behind the agreed base value; it counts itself only where it has moved.
            when v.value_year <> v.year and not t.is_base_restated then 'excluded'
            else 'used'
        end as input_state
    from results as r
    inner join {{ ref('int_target_values') }} as v
        on r.dim_category = v.target_id and extract(year from r.period_start) = v.year
    inner join targets as t on v.target_id = t.target_id and v.year = t.year
),

agreed as (
    select
        r.kpi_id,
        r.entity_type,
        r.entity_id,
        r.period_start,
        r.dim_hash,
        {{ answer_input(
            'master_data', "'target ' || t.target_id", 't.target_value',
            "t.agreed_by || ', ' || cast(t.agreed_at as varchar)", 'null', "'used'", 't.delivery_id', 't.row_number'
        ) }}
    from results as r
    inner join targets as t on r.dim_category = t.target_id and extract(year from r.period_start) = t.year
)

{{ kpi_inputs('values_read') }}
union all
select {{ lineage_columns() | join(', ') }} from agreed

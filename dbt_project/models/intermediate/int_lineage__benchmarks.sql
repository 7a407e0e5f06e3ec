with contributions as (
    select
        cell_key,
        sector,
        concat_ws('|', kpi_id, nullif(dim_variant, '')) as dim_category,
        kpi_id,
        entity_id,
        period_start,
        kpi_dim_hash,
        value,
        unit,
        is_outlier
    from {{ ref('int_benchmark_rows') }}
),

cell_rows as (
    select
        b.kpi_id,
        b.entity_type,
        b.entity_id,
        b.period_start,
        b.dim_hash,
        c.kpi_id as input_kpi_id,
        c.entity_id as input_entity_id,
        c.period_start as input_period_start,
        c.kpi_dim_hash as input_dim_hash,
        c.value as input_value,
        c.unit as input_unit,
        -- outliers stay in the quantiles and leave the mean until somebody has reviewed them
        case when b.dim_variant = 'weighted_mean' and c.is_outlier then 'excluded' else 'used' end as input_state
    from {{ ref('kpi_b01') }} as b
    inner join contributions as c
        on b.dim_sector = c.sector and b.dim_category = c.dim_category and b.period_start = c.period_start
),

rank_rows as (
    select
        b.kpi_id,
        b.entity_type,
        b.entity_id,
        b.period_start,
        b.dim_hash,
        c.kpi_id as input_kpi_id,
        c.entity_id as input_entity_id,
        c.period_start as input_period_start,
        c.kpi_dim_hash as input_dim_hash,
        c.value as input_value,
        c.unit as input_unit,
        'used' as input_state
    from {{ ref('kpi_b02') }} as b
    inner join contributions as c
        on
            b.entity_id = c.entity_id
            and b.dim_sector = c.sector
            and b.dim_category = c.dim_category
            and b.period_start = c.period_start
),

-- the companies it is ranked among are the inputs of its cell: one step, not one row per pair of companies
rank_cells as (
    select
        {{ result_and_input('r', 'b') }},
        'used' as input_state
    from {{ ref('kpi_b02') }} as r
    inner join {{ ref('kpi_b01') }} as b
        on
            r.dim_sector = b.dim_sector
            and r.dim_category = b.dim_category
            and r.period_start = b.period_start
            and b.dim_variant = 'weighted_mean'
),

inputs as (
    select * from cell_rows
    union all
    select * from rank_rows
    union all
    select * from rank_cells
)

{{ kpi_inputs('inputs') }}

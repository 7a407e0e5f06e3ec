with

risks as (
    select * from {{ ref('int_systemic_risk') }}
),

{{ network_visibility(2) }},

all_rows as (
    select
        r.*,
        'company' as entity_type,
        r.node_id as entity_id,
        r.esri as value,
        -- U6: no input essential, every input essential.
        least(r.esri, r.esri_linear, r.esri_essential) as value_low,
        greatest(r.esri, r.esri_linear, r.esri_essential) as value_high,
        coalesce(s.coverage, 0) as coverage,
        r.n_nodes as n_units,
        cast(null as varchar) as state,
        'ok' as base_status
    from risks as r
    left join visibility as s on r.year = s.year
),

{{ network_measured('all_rows') }}

{{ kpi_result('R20', 'measured') }}

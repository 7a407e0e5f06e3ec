with results as (
    select * from {{ ref('int_kpi_values') }}
    union all
    {{ union_of(derived_kpi_models(), result_columns()) }}
)

select
    {{ result_columns() | join(',\n    ') }}
from results

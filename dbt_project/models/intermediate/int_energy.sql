-- Energy use per company and year: the sum of the parts that count (rule M1).
with parts as (
    select * from {{ ref('int_energy__parts') }}
)

{{ summed_parts('parts') }}

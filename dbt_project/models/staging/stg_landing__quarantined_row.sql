-- The raw row stays in the landing zone: it may hold anything a sender typed.
select
    delivery_id,
    table_name,
    row_number,
    source_ref,
    code,
    field,
    found,
    message,
    fix
from {{ source('landing', 'quarantine') }}

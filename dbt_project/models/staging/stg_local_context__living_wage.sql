select
    area,
    country,
    year,
    month,
    amount,
    currency,
    method,
    household,
    publisher,
    edition,
    licence,
    delivery_id,
    row_number,
    source_ref
from {{ source('landing', 'local_context__living_wages') }}

select
    from_country,
    from_sector,
    to_country,
    to_sector,
    value,
    currency,
    year,
    classification,
    publisher,
    edition,
    delivery_id,
    row_number,
    source_ref
from {{ source('landing', 'local_context__sector_flows') }}

select
    consumer_brand,
    report_year,
    mill_id,
    delivery_id,
    row_number,
    source_ref
from {{ source('landing', 'mill_register__mill_links') }}

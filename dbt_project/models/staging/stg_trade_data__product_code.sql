select
    code as hs_code,
    description,
    delivery_id,
    row_number,
    source_ref
from {{ source('landing', 'trade_data__product_codes') }}

select
    country_code,
    country_name,
    country_iso2,
    country_iso3,
    delivery_id,
    row_number,
    source_ref
from {{ source('landing', 'trade_data__country_codes') }}

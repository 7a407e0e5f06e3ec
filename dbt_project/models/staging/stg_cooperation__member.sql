select
    member_id,
    role,
    country,
    region_code,
    joined_at,
    left_at,
    delivery_id,
    row_number,
    source_ref
from {{ source('landing', 'cooperation__members') }}

select
    left_id,
    right_id,
    is_same,
    why
from {{ source('landing', 'party_decisions') }}

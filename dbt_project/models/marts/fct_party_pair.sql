select
    left_id,
    right_id,
    kind,
    rule,
    evidence,
    score,
    name as name_level,
    number_in_name as number_in_name_level,
    address as address_level,
    number_in_address as number_in_address_level,
    country as country_level,
    state,
    reason
from {{ ref('int_party_pairs') }}

select
    activity_id,
    member_id,
    activity_type,
    activity_at,
    ended_at,
    topic,
    hours,
    evidence_ref,
    delivery_id,
    row_number,
    source_ref
from {{ source('landing', 'cooperation__activities') }}

select
    tie_id,
    member_a,
    member_b,
    tie_type,
    started_at,
    ended_at,
    evidence_ref,
    delivery_id,
    row_number,
    source_ref
from {{ source('landing', 'cooperation__knowledge_ties') }}

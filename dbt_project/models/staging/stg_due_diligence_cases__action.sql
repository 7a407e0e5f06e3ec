select
    action_id,
    entity_id,
    supplier_id,
    site_id,
    finding_id,
    action_type,
    action_started_at,
    action_ended_at,
    review_at,
    review_outcome,
    cost,
    currency,
    delivery_id,
    row_number,
    source_ref
from {{ source('landing', 'due_diligence_cases__actions') }}

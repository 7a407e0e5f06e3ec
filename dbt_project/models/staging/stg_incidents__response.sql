select
    response_id,
    incident_id,
    entity_id,
    helped_entity_id,
    response_type,
    is_joint,
    response_started_at,
    response_ended_at,
    effect_share,
    delivery_id,
    row_number,
    source_ref
from {{ source('landing', 'incidents__responses') }}

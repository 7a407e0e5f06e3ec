select
    request_id,
    asker_id,
    entity_id,
    period_start,
    period_end,
    sent_at,
    n_questions,
    delivery_id,
    row_number,
    source_ref
from {{ source('landing', 'survey_requests__requests') }}

select
    exit_id,
    entity_id,
    supplier_id,
    finding_id,
    exit_notice_at,
    exit_effective_at,
    exit_reason,
    exception_code,
    exception_evidence,
    impact_assessed,
    delivery_id,
    row_number,
    source_ref
from {{ source('landing', 'due_diligence_cases__exits') }}

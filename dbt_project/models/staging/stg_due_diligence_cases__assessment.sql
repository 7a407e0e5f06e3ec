select
    assessment_id,
    entity_id,
    supplier_id,
    site_id,
    site_country,
    assessment_at,
    assessment_type,
    assessor_type,
    issues_covered,
    n_findings,
    standard_id,
    evidence_ref,
    delivery_id,
    row_number,
    source_ref
from {{ source('landing', 'due_diligence_cases__assessments') }}

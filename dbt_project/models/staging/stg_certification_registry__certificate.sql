with

certificates as (
    select * from {{ source('landing', 'certification_registry__certificates') }}
),

deliveries as (
    select delivery_id, received_at from {{ source('landing', 'deliveries') }}
)

select
    c.certificate_id,
    c.standard_id,
    c.standard_version,
    c.holder_id,
    c.holder_name,
    c.holder_country,
    c.site_id,
    c.product_scope,
    c.topic_scope,
    c.issued_at as issued_date,
    c.valid_from as valid_from_date,
    c.valid_to as valid_to_date,
    c.status,
    c.status_from as status_from_date,
    c.status_to as status_to_date,
    c.withdrawn_at as withdrawn_date,
    c.assurance_type,
    c.accreditation_body,
    c.accreditation_status,
    c.certifying_body,
    c.certificate_type,
    c.certificate_category,
    c.holder_lei,
    c.holder_gln,
    c.recognised_flag as is_recognised_by_registry,
    c.stage_reached,
    c.stage_count,
    c.validated_at as validated_date,
    c.match_score,
    c.retrieved_at as retrieved_date,
    c.delivery_id,
    c.row_number,
    c.source_ref,
    d.received_at
from certificates as c
left join deliveries as d on c.delivery_id = d.delivery_id

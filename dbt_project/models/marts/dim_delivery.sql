select
    delivery_id,
    source,
    sender,
    file_name,
    sha256,
    received_at,
    format,
    declared_version,
    snapshot_at,
    outcome,
    rows_in,
    rows_accepted,
    rows_quarantined
from {{ ref('stg_landing__delivery') }}

select
    snapshot_id,
    as_of,
    catalogue_version
from {{ source('landing', 'build') }}

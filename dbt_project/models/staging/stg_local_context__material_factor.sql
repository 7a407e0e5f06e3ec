select
    material_id,
    footprint_type,
    value,
    u_rel,
    year,
    publisher,
    edition,
    licence,
    delivery_id,
    row_number,
    source_ref
from {{ source('landing', 'local_context__material_factors') }}

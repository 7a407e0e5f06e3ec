select
    consumer_brand,
    lists_as_of,
    report_year,
    report_half,
    published_date,
    link_checked_date,
    link,
    parent_link,
    link_state,
    comments,
    delivery_id,
    row_number,
    source_ref
from {{ source('landing', 'mill_register__disclosures') }}

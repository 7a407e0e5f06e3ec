-- Along which links products pass on what they are made of: amounts of inputs, shares of the footprint, rated shares.
select
    year,
    'quantity' as system,
    node_id,
    input_node_id,
    quantity as weight
from {{ ref('int_footprints__contributions') }}
where source_kind = 'made' and emission is not null
union all
select
    year,
    'share',
    node_id,
    input_node_id,
    share
from {{ ref('int_footprints__contributions') }}
where source_kind = 'made' and share is not null
union all
select
    year,
    system,
    node_id,
    input_node_id,
    weight
from {{ ref('int_footprints__ratings') }}
where source_kind = 'made' and rating is null and weight is not null

select
    min_contributors,
    p_percent,
    max_share_percent,
    quantile_min,
    quantile_neighbours,
    significant_digits
from {{ source('landing', 'sdc_policy') }}

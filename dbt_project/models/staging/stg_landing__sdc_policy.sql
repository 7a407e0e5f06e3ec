select
    min_contributors,
    p_percent,
    max_share_percent,
    quantile_min,
    quantile_neighbours,
    significant_digits,
    weight,
    singleton_protection,
    coalition,
    small_cell_percent,
    max_sensitive_share
from {{ source('landing', 'sdc_policy') }}

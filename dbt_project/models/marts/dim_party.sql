{#-
  Confidence adds up: 1 to be there, 1 for a second source, 2 for an id of the network's register, 1 if no link rests
  on likelihood.
-#}
with

parties as (
    select
        party_id,
        kind,
        min(network_id) as network_id,
        max(case when record_id = party_id then name end) as own_name,
        min(name) as any_name,
        min(country) as any_country,
        max(case when record_id = party_id then country end) as own_country,
        count(*) as n_records,
        count(distinct source) as n_sources,
        count(distinct name) as n_names,
        min(weakest_score) as weakest_score
    from {{ ref('int_party_names') }}
    group by party_id, kind
)

select
    party_id,
    kind,
    coalesce(own_name, any_name) as name,
    coalesce(own_country, any_country) as country,
    network_id,
    n_records,
    n_sources,
    n_names,
    weakest_score,
    cast(
        1 + if(n_sources > 1, 1, 0) + if(network_id is not null, 2, 0) + if(coalesce(weakest_score, 1) = 1, 1, 0)
        as integer
    ) as confidence
from parties

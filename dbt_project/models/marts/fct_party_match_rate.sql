-- Matched: in the network's register, or known to a second source. A record alone is not wrong, it is alone.
with

doubts as (
    select left_id as record_id from {{ ref('int_party_pairs') }} where state in ('review', 'contradicted')
    union
    select right_id from {{ ref('int_party_pairs') }} where state in ('review', 'contradicted')
)

select
    r.kind,
    r.source,
    count(*) as n_records,
    count(*) filter (where p.network_id is not null or p.n_sources > 1) as n_matched,
    count(d.record_id) as n_in_doubt,
    count(*) filter (where p.network_id is not null or p.n_sources > 1) / count(*) as match_rate
from {{ ref('int_party_names') }} as r
inner join {{ ref('dim_party') }} as p on r.party_id = p.party_id
left join doubts as d on r.record_id = d.record_id
group by r.kind, r.source

-- The record that stands for the party: the network's register first, then the one with a name, then the smallest id.
select
    r.*,
    first_value(m.record_id) over (
        partition by m.party_no
        order by
            r.source = 'company_register' desc, r.network_id is not null desc, r.name is not null desc, m.record_id
    ) as party_id,
    m.weakest_score
from {{ ref('int_party_members') }} as m
inner join {{ ref('int_party_records') }} as r on m.record_id = r.record_id

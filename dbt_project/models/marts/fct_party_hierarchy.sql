-- Register entries of consecutive fiscal years with the same group are one membership; a gap of a day ends it.
with

entries as (
    select distinct
        entity_id,
        parent_group_id,
        fiscal_year_start,
        fiscal_year_end
    from {{ ref('stg_company_register__company') }}
    where parent_group_id is not null
),

marked as (
    select
        *,
        coalesce(
            fiscal_year_start > 1 + max(fiscal_year_end) over (
                partition by entity_id, parent_group_id
                order by fiscal_year_start, fiscal_year_end
                rows between unbounded preceding and 1 preceding
            ),
            true
        ) as is_first
    from entries
),

numbered as (
    select
        *,
        sum(cast(is_first as integer)) over (
            partition by entity_id, parent_group_id
            order by fiscal_year_start, fiscal_year_end
            rows between unbounded preceding and current row
        ) as spell
    from marked
),

spells as (
    select
        entity_id,
        parent_group_id,
        min(fiscal_year_start) as valid_from,
        max(fiscal_year_end) as valid_to
    from numbered
    group by entity_id, parent_group_id, spell
),

parties as (
    select network_id, kind, min(party_id) as party_id
    from {{ ref('int_party_names') }}
    where source = 'company_register'
    group by network_id, kind
)

select
    c.party_id as child_party_id,
    g.party_id as parent_party_id,
    s.entity_id as child_network_id,
    s.parent_group_id as parent_network_id,
    s.valid_from,
    s.valid_to,
    -- The register says that a company belongs to a group, not how much of it the group owns.
    cast(null as double) as ownership_share
from spells as s
inner join parties as c on s.entity_id = c.network_id and c.kind in ('company', 'site')
inner join parties as g on s.parent_group_id = g.network_id and g.kind = 'group'

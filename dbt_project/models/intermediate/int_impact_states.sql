{#- Every delivered state of an adverse impact; what was delivered again for a day replaces the earlier row of it. -#}
with landed as (
    select
        f.*,
        row_number() over (
            partition by f.finding_id, f.status_at
            order by d.received_at desc, f.delivery_id desc, f.row_number desc
        ) as rank_no,
        greatest(f.sev_scale, f.sev_scope, f.sev_irremediability) as severity_class,
        3 - cast(f.sev_scale is null as integer) - cast(f.sev_scope is null as integer)
        - cast(f.sev_irremediability is null as integer) as n_components,
        coalesce(f.is_foreseeable, false)
        and coalesce(
            f.acted_at > f.known_since + cast({{ parameter('enable_lead_days') }} as integer), f.acted_at is null
        )
            as foreseeable_without_action
    from {{ ref('stg_due_diligence_cases__finding') }} as f
    left join {{ ref('stg_landing__delivery') }} as d on f.delivery_id = d.delivery_id
),

decided as (
    select
        l.finding_id,
        l.status_at,
        arg_min(r.level, r.priority) as decided_level
    from landed as l
    inner join {{ ref('involvement_rules') }} as r
        on
            coalesce(l.own_activity_caused, false) = coalesce(r.own_activity_caused, l.own_activity_caused, false)
            and coalesce(l.own_activity_contributed, false)
            = coalesce(r.own_activity_contributed, l.own_activity_contributed, false)
            and coalesce(l.contribution_substantial, false)
            = coalesce(r.contribution_substantial, l.contribution_substantial, false)
            and l.foreseeable_without_action = coalesce(r.foreseeable_without_action, l.foreseeable_without_action)
            and coalesce(l.linked_by_relationship, false)
            = coalesce(r.linked_by_relationship, l.linked_by_relationship, false)
    where l.rank_no = 1
    group by l.finding_id, l.status_at
)

select
    l.finding_id,
    l.status_at,
    l.entity_id,
    l.supplier_id,
    l.site_id,
    l.issue_code,
    coalesce(l.impact_kind, 'actual') as impact_kind,
    -- stated facts decide; without any of them the enterprise's own judgement stands
    coalesce(d.decided_level, l.involvement_level) as level,
    d.decided_level <> l.involvement_level as is_judged_otherwise,
    l.severity_class,
    l.n_components < 3 as is_severity_partial,
    coalesce(cast(l.sev_scale = l.severity_class as integer), 0)
    + coalesce(cast(l.sev_scope = l.severity_class as integer), 0)
    + coalesce(cast(l.sev_irremediability = l.severity_class as integer), 0) as n_decisive,
    l.likelihood,
    l.identified_at,
    l.status,
    case when l.status = 'remediated_verified' then coalesce(l.verified_at, l.status_at) end as verified_at,
    l.delivery_id,
    l.row_number
from landed as l
left join decided as d on l.finding_id = d.finding_id and l.status_at = d.status_at
where l.rank_no = 1

-- Targets that people must look at: sets with one pillar, base values that moved, and what cannot be assessed.
with progress as (
    select * from {{ ref('int_target_progress') }}
),

sets as (
    select
        target_set_id,
        year,
        min(pillar) as pillar,
        min(delivery_id) as delivery_id,
        min(row_number) as row_number,
        count(*) as n_rows
    from {{ ref('int_targets') }}
    where not is_valid_set
    group by target_set_id, year
),

rows_found as (
    select
        'target_set' as finding_kind,
        cast(null as varchar) as entity_id,
        cast(null as varchar) as kpi_id,
        year,
        concat_ws(' ', target_set_id, coalesce(pillar, 'no pillar')) as found,
        'the targets of a set serve only one pillar: none of them is assessed' as message,
        'Agree on targets for sustainability and for resilience at once.' as fix,
        delivery_id,
        row_number,
        n_rows
    from sets
    union all
    select
        'target_base',
        sent_entity_id,
        kpi_id,
        year,
        concat_ws(' ', target_id, cast(agreed_base_value as varchar), 'is now', cast(computed_base_value as varchar)),
        'the base year was computed anew: the agreed base value is out of date and is replaced',
        'Sign the target again with the new base value.',
        delivery_id,
        row_number,
        1
    from progress
    where is_base_restated
    union all
    select
        'target_not_assessed',
        sent_entity_id,
        kpi_id,
        year,
        concat_ws(' ', target_id, obstacle),
        'the target cannot be assessed for this year',
        'Give the base value, or a KPI and a variant that are released for the company.',
        delivery_id,
        row_number,
        1
    from progress
    where obstacle not in ('set_with_one_pillar', 'goal_is_base')
)

select
    finding_kind,
    'cooperation' as source,
    entity_id,
    kpi_id,
    cast(null as varchar) as question_id,
    year,
    found,
    message,
    fix,
    delivery_id,
    row_number,
    n_rows
from rows_found

-- How much of a company's electricity a cancelled certificate or contract covers. Without the contract's factor
-- nothing is covered: the residual mix is the cautious choice.
with answers as (
    select
        entity_id,
        year,
        sum(case when question_id = 'electricity_mwh' then value end) as electricity_mwh,
        sum(case when question_id = 'eac_cancelled_mwh' then value end) as eac_cancelled_mwh,
        min(case when question_id = 'contract_factor' then value end) as contract_factor
    from {{ ref('int_answers') }}
    where question_id in ('electricity_mwh', 'eac_cancelled_mwh', 'contract_factor')
    group by entity_id, year
)

select
    entity_id,
    year,
    electricity_mwh,
    eac_cancelled_mwh,
    contract_factor,
    case
        when contract_factor is null or eac_cancelled_mwh is null then 0
        else coalesce(least({{ ratio('eac_cancelled_mwh', 'electricity_mwh') }}, 1), 0)
    end as covered_share
from answers

{#- Suspensions, both days inclusive; without a start they count from the beginning, without an end they go on. -#}
with

entries as (
    select * from {{ ref('stg_certification_registry__certificate') }} where status = 'suspended'
)

select distinct
    certificate_id,
    coalesce(status_from_date, date '1900-01-01') as suspended_from_date,
    coalesce(status_to_date, date '9999-12-31') as suspended_to_date
from entries

{#- The one state of every certificate at each year's end: withdrawn > suspended > expired > expiring > valid. -#}
with

certificates as (
    select * from {{ ref('int_certificates') }}
),

as_of_dates as (
    select distinct period_end as as_of_date from {{ ref('int_companies') }}
    union
    select distinct make_date(year, 12, 31) as as_of_date from {{ ref('int_purchases') }}
),

known_then as (
    select
        c.*,
        a.as_of_date,
        row_number() over (
            partition by c.certificate_id, a.as_of_date
            order by c.valid_from_date desc nulls last, c.end_date desc nulls last
        ) as rank_no
    from certificates as c
    inner join as_of_dates as a on coalesce(c.valid_from_date, c.issued_date, c.retrieved_date) <= a.as_of_date
),

suspended as (
    select distinct k.certificate_id, k.as_of_date
    from known_then as k
    inner join {{ ref('int_certificate_suspensions') }} as s
        on k.certificate_id = s.certificate_id and k.as_of_date between s.suspended_from_date and s.suspended_to_date
)

select
    k.certificate_id,
    k.standard_id,
    k.holder_id,
    k.is_recognised,
    k.as_of_date,
    case
        when k.withdrawal_date <= k.as_of_date then 'withdrawn'
        when s.certificate_id is not null then 'suspended'
        when k.expired_from_date <= k.as_of_date or k.end_date < k.as_of_date then 'expired'
        when k.valid_from_date is null or k.end_date is null then 'unknown'
        when k.end_date <= k.as_of_date + cast({{ parameter('cert_expiring_days') }} as integer) then 'expiring_90d'
        else 'valid'
    end as certificate_state,
    k.delivery_id,
    k.row_number
from known_then as k
left join suspended as s on k.certificate_id = s.certificate_id and k.as_of_date = s.as_of_date
where k.rank_no = 1

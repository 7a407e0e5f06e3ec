{#- The days on which a certificate is valid. A suspension cuts only its own certificate, never its holder. -#}
with

certificates as (
    select * from {{ ref('int_certificates') }}
    where valid_from_date is not null and last_valid_date is not null
),

suspensions as (
    select * from {{ ref('int_certificate_suspensions') }}
),

cuts as (
    select
        c.certificate_id,
        c.valid_from_date,
        s.suspended_from_date,
        s.suspended_to_date,
        coalesce(
            max(s.suspended_to_date) over (
                partition by c.certificate_id, c.valid_from_date, c.last_valid_date
                order by s.suspended_from_date, s.suspended_to_date rows between unbounded preceding and 1 preceding
            ) + 1,
            c.valid_from_date
        ) as gap_from_date,
        c.last_valid_date
    from certificates as c
    inner join suspensions as s on c.certificate_id = s.certificate_id
),

gaps as (
    select
        certificate_id,
        valid_from_date,
        last_valid_date,
        gap_from_date as covered_from_date,
        suspended_from_date - 1 as covered_to_date
    from cuts
    union all
    select
        c.certificate_id,
        c.valid_from_date,
        c.last_valid_date,
        coalesce(max(s.suspended_to_date) + 1, c.valid_from_date) as covered_from_date,
        c.last_valid_date as covered_to_date
    from certificates as c
    left join suspensions as s on c.certificate_id = s.certificate_id
    group by c.certificate_id, c.valid_from_date, c.last_valid_date
),

clipped as (
    select
        certificate_id,
        valid_from_date,
        last_valid_date,
        greatest(covered_from_date, valid_from_date) as covered_from_date,
        least(covered_to_date, last_valid_date) as covered_to_date
    from gaps
)

select distinct
    c.certificate_id,
    c.standard_id,
    c.holder_id,
    c.site_id,
    c.is_recognised,
    g.covered_from_date,
    g.covered_to_date
from clipped as g
inner join certificates as c
    on
        g.certificate_id = c.certificate_id and g.valid_from_date = c.valid_from_date
        and g.last_valid_date = c.last_valid_date
where g.covered_from_date <= g.covered_to_date

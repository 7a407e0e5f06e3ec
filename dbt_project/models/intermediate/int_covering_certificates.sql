{#-
  What covers a supplier (at a production site) on the last day of a year, per recognised standard and for 'any': the
  best assurance, the furthest stage, and the last day of unbroken cover, follow-up certificates included.
-#}
with

units as (
    select distinct supplier_id, production_site_id, year, make_date(year, 12, 31) as year_end
    from {{ ref('int_purchases') }}
),

certificates as (
    select * from {{ ref('int_certificates') }}
    where is_recognised and valid_from_date is not null and last_valid_date >= valid_from_date
),

covering as (
    select distinct i.certificate_id, u.supplier_id, u.production_site_id, u.year
    from units as u
    inner join {{ ref('int_certificate_intervals') }} as i
        on {{ certificate_fits('u', 'i') }} and u.year_end between i.covered_from_date and i.covered_to_date
    where i.is_recognised
),

fitting as (
    select
        u.*,
        c.certificate_id,
        c.standard_id as own_standard_id,
        c.valid_from_date,
        c.last_valid_date,
        v.certificate_id is not null and u.year_end between c.valid_from_date and c.last_valid_date as is_covering,
        {{ assurance_level('c.assurance_type', 'c.accreditation_body', 'c.is_recognised') }} as assurance_level,
        case
            when c.stage_reached <= c.stage_count then {{ ratio('c.stage_reached', 'c.stage_count') }}
        end as stage_share
    from units as u
    inner join certificates as c on {{ certificate_fits('u', 'c') }}
    left join covering as v
        on
            c.certificate_id = v.certificate_id and u.supplier_id = v.supplier_id and u.year = v.year
            and u.production_site_id is not distinct from v.production_site_id
),

fitting_standards as (
    select *, own_standard_id as standard_id from fitting
    union all
    select *, 'any' as standard_id from fitting
),

ordered as (
    select
        *,
        max(last_valid_date) over (
            partition by supplier_id, production_site_id, year, standard_id
            order by valid_from_date, last_valid_date, certificate_id rows between unbounded preceding and 1 preceding
        ) as valid_until_date
    from fitting_standards
),

chained as (
    select
        *,
        count(case when valid_until_date is null or valid_from_date > valid_until_date + 1 then 1 end) over (
            partition by supplier_id, production_site_id, year, standard_id
            order by valid_from_date, last_valid_date, certificate_id rows unbounded preceding
        ) as chain_no
    from ordered
),

chains as (
    select
        *,
        max(last_valid_date) over (
            partition by supplier_id, production_site_id, year, standard_id, chain_no
        ) as chain_end_date
    from chained
)

select
    supplier_id,
    production_site_id,
    year,
    standard_id,
    max(assurance_level) as assurance_level,
    case when standard_id <> 'any' then max(stage_share) end as stage_share,
    max(chain_end_date) as covered_until_date,
    count(distinct certificate_id) as n_certificates
from chains
where is_covering
group by supplier_id, production_site_id, year, standard_id

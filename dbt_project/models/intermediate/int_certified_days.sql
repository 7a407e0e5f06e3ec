{#-
  Days of a year on which a supplier (at a production site, where the line names one) is covered, per recognised
  standard and for 'any': the union of all intervals, so that two certificates on one day count once.
-#}
with

units as (
    select distinct supplier_id, production_site_id, year
    from {{ ref('int_purchases') }}
),

intervals as (
    select * from {{ ref('int_certificate_intervals') }} where is_recognised
),

pieces as (
    select
        u.supplier_id,
        u.production_site_id,
        u.year,
        i.standard_id,
        greatest(i.covered_from_date, make_date(u.year, 1, 1)) as from_date,
        least(i.covered_to_date, make_date(u.year, 12, 31)) as to_date
    from units as u
    inner join intervals as i
        on
            {{ certificate_fits('u', 'i') }}
            and i.covered_from_date <= make_date(u.year, 12, 31) and i.covered_to_date >= make_date(u.year, 1, 1)
),

pieces_of_standards as (
    select supplier_id, production_site_id, year, standard_id, from_date, to_date from pieces
    union all
    select supplier_id, production_site_id, year, 'any' as standard_id, from_date, to_date from pieces
),

ordered as (
    select
        *,
        max(to_date) over (
            partition by supplier_id, production_site_id, year, standard_id
            order by from_date, to_date rows between unbounded preceding and 1 preceding
        ) as covered_until_date
    from pieces_of_standards
)

select
    supplier_id,
    production_site_id,
    year,
    standard_id,
    cast(sum(greatest(
        0, to_date - greatest(from_date, coalesce(covered_until_date + 1, from_date)) + 1
    )) as integer) as days_covered,
    max(to_date) = make_date(year, 12, 31) as is_covered_at_end
from ordered
group by supplier_id, production_site_id, year, standard_id

{#-
  Was a supplier (at a production site) validated by a third party in the last 24 months before a year's end? yes, no or
  unknown (M3): unknown where the registry was never searched, or where a certificate hides validator or day.
-#}
with

units as (
    select
        buyer_id,
        supplier_id,
        production_site_id,
        year,
        make_date(year, 12, 31) as year_end,
        coalesce(sum(spend_eur), 0) as spend,
        sum(spend_weight_eur) as spend_weight,
        count(spend_weight_eur) as n_weighed,
        count(*) as n_lines
    from {{ ref('int_purchases') }}
    group by buyer_id, supplier_id, production_site_id, year
),

registry as (
    select
        *,
        {{ assurance_level('assurance_type', 'accreditation_body', 'true') }} as assurance_level
    from {{ ref('stg_certification_registry__certificate') }}
),

found as (
    select
        u.supplier_id,
        u.production_site_id,
        u.year,
        bool_or(
            r.assurance_level >= 3 and r.validated_date <= u.year_end
            and r.validated_date > u.year_end
            - cast({{ parameter('validation_window_months') }} as integer) * interval 1 month
        ) as is_validated,
        -- a certificate of a later year, and a search without a finding, hide nothing
        bool_or(
            r.status not in ('no_certificate', 'not_found')
            and coalesce(r.issued_date, r.valid_from_date, u.year_end) <= u.year_end
            and (r.validated_date is null or (r.assurance_level is null and r.validated_date <= u.year_end))
        ) as has_open_question
    from units as u
    inner join registry as r on {{ certificate_fits('u', 'r') }}
    group by u.supplier_id, u.production_site_id, u.year
),

matched as (
    select distinct holder_id from registry
)

select
    u.*,
    b.sector as buyer_sector,
    make_date(u.year, 1, 1) as period_start,
    u.year_end as period_end,
    case
        when f.is_validated then 'yes'
        when m.holder_id is null or f.has_open_question then 'unknown'
        else 'no'
    end as validated
from units as u
left join found as f
    on
        u.supplier_id = f.supplier_id and u.year = f.year
        and u.production_site_id is not distinct from f.production_site_id
left join matched as m on u.supplier_id = m.holder_id
left join {{ ref('int_companies') }} as b on u.buyer_id = b.entity_id and u.year = b.year

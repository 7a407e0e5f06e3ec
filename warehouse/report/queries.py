"""The queries behind the reports: one per topic for all companies at once, and every number comes from the release."""

# A release leaves out a table that nobody delivered for; it is read as an empty one.
TABLES = {
    "dim_company": "entity_id varchar, year integer, name varchar, country varchar, sector varchar, "
    "sector_name varchar, size_class varchar, delivery_id varchar",
    "fct_survey_answer": "entity_id varchar, delivery_id varchar",
    "fct_purchase_line": "buyer_id varchar, delivery_id varchar",
    "fct_certificate": "holder_id varchar, delivery_id varchar",
    "dim_delivery": "delivery_id varchar, source varchar, received_at timestamp",
    "fct_data_finding": "finding_id varchar, finding_kind varchar, entity_id varchar, kpi_id varchar, "
    "question_id varchar, year integer, found varchar, message varchar, fix varchar",
    "benchmark_sector": "kpi_id varchar, dim_variant varchar, sector varchar, period_start date, period_end date, "
    "n_band varchar, p10 double, p25 double, p50 double, p75 double, p90 double, status varchar",
}

COMPANIES = """
with known as (
    select entity_id from fact_kpi_value where entity_type = 'company'
    union
    select entity_id from dim_company
)

select
    k.entity_id,
    max_by(c.name, c.year) as name,
    max_by(c.country, c.year) as country,
    max_by(c.sector_name, c.year) as sector_name,
    max_by(c.size_class, c.year) as size_class
from known as k
left join dim_company as c on k.entity_id = c.entity_id
group by k.entity_id
order by k.entity_id
"""

# The rank is cut down to its quarter: an exact percentile would give away how many companies are in the cell.
VALUES = """
with own as (
    select *, concat_ws('|', dim_variant, dim_category, nullif(dim_standard, 'any')) as cell_variant
    from fact_kpi_value
    where entity_type = 'company' and kpi_id <> 'B02' and ($company is null or entity_id = $company)
),

ranks as (
    select * from fact_kpi_value
    where kpi_id = 'B02' and entity_type = 'company' and status = 'ok' and ($company is null or entity_id = $company)
),

cells as (
    select b.*, b.status = 'ok' as is_open from benchmark_sector as b
)

select
    o.entity_id, o.kpi_id, o.dim_category, o.dim_standard, o.dim_variant, o.period_start, o.period_end,
    year(o.period_end) - year(o.period_start) as span, o.value, o.value_low, o.value_high, o.unit, o.state, o.status,
    o.coverage, o.dq_score, o.is_lower_bound, b.status as cell_status,
    case when b.is_open then b.n_band end as n_band,
    case when b.is_open then b.p10 end as p10,
    case when b.is_open then b.p25 end as p25,
    case when b.is_open then b.p50 end as p50,
    case when b.is_open then b.p75 end as p75,
    case when b.is_open then b.p90 end as p90,
    case when b.is_open then case
        when r.value >= 75 then 'quarter_1' when r.value >= 50 then 'quarter_2'
        when r.value >= 25 then 'quarter_3' when r.value >= 0 then 'quarter_4' else 'unranked'
    end end as position
from own as o
left join dim_company as c on o.entity_id = c.entity_id and c.year = year(o.period_start)
left join cells as b
    on o.kpi_id = b.kpi_id and o.cell_variant = coalesce(b.dim_variant, '') and c.sector = b.sector
    and o.period_start = b.period_start and o.period_end = b.period_end
left join ranks as r
    on o.entity_id = r.entity_id and o.period_start = r.period_start and o.period_end = r.period_end
    and r.dim_category = concat_ws('|', o.kpi_id, nullif(o.cell_variant, ''))
order by o.entity_id, o.kpi_id, o.dim_standard <> 'any', o.dim_standard, o.dim_category nulls first, o.dim_variant,
    span, o.period_start
"""

FINDINGS = """
select entity_id, finding_kind, kpi_id, question_id, year, found, message, fix
from fct_data_finding
where entity_id is not null and ($company is null or entity_id = $company)
order by entity_id, finding_kind = 'outlier', year desc, kpi_id, question_id, finding_id
"""

DELIVERIES = """
with carried as (
    select entity_id, delivery_id from dim_company
    union all
    select entity_id, delivery_id from fct_survey_answer
    union all
    select buyer_id, delivery_id from fct_purchase_line
    union all
    select holder_id, delivery_id from fct_certificate
)

select
    c.entity_id, d.source, count(distinct d.delivery_id) as deliveries, count(*) as n_rows,
    cast(max(d.received_at) as date) as last_received
from carried as c
inner join dim_delivery as d on c.delivery_id = d.delivery_id
where $company is null or c.entity_id = $company
group by c.entity_id, d.source
order by c.entity_id, d.source
"""

MINUTES = """
select entity_id, cast(sum(minutes_spent) as double) as minutes
from fct_survey_answer
where minutes_spent is not null and ($company is null or entity_id = $company)
group by entity_id
"""

FORMULAS = "select kpi_id, title, formula, unit, direction, missing_rule, min_coverage, sources from dim_kpi"

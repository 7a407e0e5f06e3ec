{#-
  Master data per calendar year. Attributes come from the fiscal year with the largest overlap; flows add up all parts
  of the year, or take the largest part alone where fiscal years overlap each other.
-#}
with

parts as (
    select
        *,
        row_number() over (partition by entity_id, year order by overlap_days desc, fiscal_year_end desc) as part_no,
        sum(overlap_days) over (partition by entity_id, year) as days_delivered,
        period_end - period_start + 1 as days_of_year
    from {{ ref('int_company_parts') }}
),

countries as (
    select iso2, macro_region from {{ ref('countries') }}
),

sectors as (
    select * from {{ ref('nace_sectors') }}
),

flows as (
    select
        entity_id,
        year,
        sum(overlap_days) as covered_days,
        sum(turnover_eur) as turnover_eur,
        sum(value_added_eur) as value_added_eur,
        sum(turnover_eur_const) as turnover_eur_const,
        sum(value_added_eur_const) as value_added_eur_const
    from parts
    where part_no = 1 or days_delivered <= days_of_year
    group by entity_id, year
),

main_part as (
    select
        *,
        turnover * rate <= 2e6 or balance_sheet * closing_rate <= 2e6 as within_micro,
        turnover * rate <= 10e6 or balance_sheet * closing_rate <= 10e6 as within_small,
        turnover * rate <= 50e6 or balance_sheet * closing_rate <= 43e6 as within_medium
    from parts
    where part_no = 1
)

select
    m.entity_id,
    m.name,
    coalesce(m.parent_group_id, m.entity_id) as group_id,
    m.entity_type,
    m.country,
    c.macro_region,
    m.region_code,
    m.nace,
    s.sector,
    s.sector_name,
    case
        when m.headcount is null then null
        when m.headcount < 10 and coalesce(m.within_micro, true) then 'micro'
        when m.headcount < 50 and coalesce(m.within_small, true) then 'small'
        when m.headcount < 250 and coalesce(m.within_medium, true) then 'medium'
        else 'large'
    end as size_class,
    case when m.period_end - m.fiscal_year_end between -92 and 92 then m.headcount end as headcount,
    cast(m.year as integer) as year,
    m.period_start,
    m.period_end,
    f.turnover_eur_const,
    f.value_added_eur_const,
    f.turnover_eur,
    f.value_added_eur,
    case
        when m.fiscal_year_start = m.period_start and m.fiscal_year_end = m.period_end then 'calendar' else 'prorated'
    end as period_alignment,
    cast(f.covered_days as integer) as covered_days,
    m.currency,
    m.delivery_id,
    m.row_number
from main_part as m
inner join flows as f on m.entity_id = f.entity_id and m.year = f.year
left join countries as c on m.country = c.iso2
left join sectors as s on left(ltrim(m.nace, 'ABCDEFGHIJKLMNOPQRSTU'), 2) = s.division

with

purchases as (
    select * from {{ ref('int_purchases') }}
),

companies as (
    select entity_id, year, country, turnover_eur from {{ ref('int_companies') }}
),

-- A sale is a purchase seen from the other side; a customer that nobody registered has no country.
sides as (
    select
        'supply' as side, buyer_id as entity_id, year, supplier_group_id as partner, production_country as country,
        spend_eur, spend_weight_eur
    from purchases
    union all
    select 'demand', p.supplier_id, p.year, p.buyer_id, c.country, p.spend_eur, p.spend_weight_eur
    from purchases as p
    left join companies as c on p.buyer_id = c.entity_id and p.year = c.year
),

cells as (
    select
        side, entity_id, year, partner, country,
        coalesce(sum(spend_eur), 0) as amount,
        sum(spend_weight_eur) as amount_weight,
        count(spend_weight_eur) as n_weighed,
        count(*) as n_lines
    from sides
    group by side, entity_id, year, partner, country
),

ranked as (
    select
        *,
        row_number() over (
            partition by side, entity_id, year order by country is null, amount desc, partner, country
        ) as size_rank,
        sum(amount) over (partition by side, entity_id, year) as total,
        sum(case when country is not null then amount else 0 end) over (partition by side, entity_id, year) as known
    from cells
),

-- The unknown part may belong to the largest cell, or each of its partners may be a cell of its own (U3).
diversities as (
    select
        side, entity_id, year,
        max(known) as known,
        count(*) filter (where country is not null and amount > 0) as n_cells,
        exp({{ shannon(ratio('case when country is not null then amount end', 'known')) }}) as number_of_cells,
        exp({{ shannon(ratio('case when country is not null then amount + case when size_rank = 1 then total - known
            else 0 end end', 'total')) }}) as number_low,
        exp({{ shannon(ratio('amount', 'total')) }}) as number_high,
        max(total) as total,
        {{ spend_coverage('amount', 'amount_weight') }} as converted_share
    from ranked
    group by side, entity_id, year
),

-- Revenue outside the network's lines has unknown customers.
based as (
    select
        d.*,
        case
            when d.side = 'supply' then d.total
            when c.turnover_eur is not null then greatest(c.turnover_eur, d.total)
        end as basis
    from diversities as d
    left join companies as c on d.entity_id = c.entity_id and d.year = c.year
),

variants as (
    select
        *, side as dim_variant, case when n_cells > 0 then number_of_cells end as value,
        least(number_low, number_of_cells) as value_low, greatest(number_high, number_of_cells) as value_high
    from based
    union all
    select *, side || '_evenness', {{ ratio('number_of_cells', 'n_cells') }}, null, null from based
),

all_rows as (
    select
        *,
        'company' as entity_type,
        n_cells as n_units,
        converted_share * {{ ratio('known', 'basis') }} as coverage,
        cast(null as varchar) as state,
        case
            when basis is null then 'not_reported'
            when known = 0 and total > 0 then 'insufficient_coverage'
            else 'ok'
        end as base_status
    from variants
),

{{ network_measured('all_rows') }}

{{ kpi_result('R23', 'measured', dims=['dim_variant'],
    unit="case when dim_variant like '%evenness' then 'share' end") }}

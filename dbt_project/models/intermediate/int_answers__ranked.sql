-- Every landed answer with its canonical value; the latest of several answers to one question is the current one.
with answers as (
    select
        a.*,
        d.received_at
    from {{ ref('stg_supplier_survey__answer') }} as a
    left join {{ ref('stg_landing__delivery') }} as d on a.delivery_id = d.delivery_id
),

questions as (
    select
        q.question_id,
        q.value_kind,
        nullif(q.canonical_unit, '') as canonical_unit,
        u.dimension,
        u.factor
    from {{ ref('survey_questions') }} as q
    left join {{ ref('units') }} as u on q.canonical_unit = u.unit
),

rates as (
    select
        currency,
        year,
        eur_per_unit
    from {{ ref('int_fx_rates') }}
    where rate_kind = 'average'
),

-- A blank unit means the unit in the question's name; quantities without a unit of their own cannot be read.
matched as (
    select
        a.*,
        q.value_kind,
        coalesce(q.canonical_unit, u.canonical_unit) as unit,
        case
            when q.dimension = 'money' and coalesce(a.currency, u.canonical_unit) = 'EUR' then coalesce(u.factor, 1)
            when q.dimension = 'money' and coalesce(u.dimension, 'currency') in ('currency', 'money')
                then coalesce(u.factor, 1) * r.eur_per_unit
            when a.unit_raw is null and q.canonical_unit is not null then 1
            when q.canonical_unit is null then u.factor
            when u.dimension = q.dimension then u.factor / q.factor
        end as to_canonical
    from answers as a
    left join questions as q on a.question_id = q.question_id
    left join {{ ref('units') }} as u on a.unit_raw = u.unit
    left join rates as r
        on
            coalesce(a.currency, u.canonical_unit) = r.currency
            and extract(year from a.period_end) = r.year
),

-- Zero, blank and not applicable stay apart (catalogue §1.3); a contradiction is unknown, not a guess.
stated as (
    select
        m.*,
        case
            when m.value_state = 'not_applicable' and m.na_reason is not null then 'not_applicable'
            when m.value_state = 'zero' and coalesce(m.value_num, 0) = 0 then 'zero'
            when m.value_state = 'value' and coalesce(m.value_kind, 'text') = 'text' and m.value_raw is not null
                then 'value'
            when m.value_state = 'value' and m.value_num * m.to_canonical is not null then 'value'
            else 'unknown'
        end as state
    from matched as m
)

select
    s.*,
    case
        when s.value_kind = 'text' then null
        when s.state = 'zero' then cast(0 as decimal(38, 9))
        when s.state = 'value' then {{ exact('s.value_num * s.to_canonical') }}
    end as value_canonical,
    coalesce(s.data_tier = 5 and lower(s.method) in ('imputed', 'peer_imputation', 'carry_forward'), false)
        as is_imputed,
    row_number() over (
        partition by s.entity_id, s.site_id, s.question_id, s.item, s.period_start, s.period_end
        order by s.answered_at desc nulls last, s.received_at desc, s.delivery_id desc, s.row_number desc
    ) = 1 as is_current
from stated as s

{#- What a publisher's area code means. Aliases win over the publisher's own codes, these over UN M49 numbers. -#}
with

countries as (
    select * from {{ ref('countries') }}
),

aliases as (
    select * from {{ ref('country_code_aliases') }}
),

schemes as (
    select distinct code_scheme from aliases
),

candidates as (
    select
        code_scheme,
        code,
        iso2,
        kind,
        1 as priority
    from aliases
    union all
    select
        s.code_scheme,
        c.comtrade_code as code,
        c.iso2,
        'country' as kind,
        2 as priority
    from countries as c
    cross join schemes as s
    where c.comtrade_code is not null
    union all
    select
        s.code_scheme,
        c.m49 as code,
        c.iso2,
        'country' as kind,
        3 as priority
    from countries as c
    cross join schemes as s
),

ranked as (
    select
        *,
        row_number() over (partition by code_scheme, code order by priority, iso2) as rank_no
    from candidates
)

select
    code_scheme,
    code as area_code,
    iso2 as country,
    kind as area_kind
from ranked
where rank_no = 1

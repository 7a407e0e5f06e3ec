-- The id follows from the content: the same list sent again makes no new record, and a decision finds it again.
with

sent as (
    select
        kind,
        source,
        nullif(trim(own_id), '') as own_id,
        nullif(trim(name), '') as name,
        nullif(trim(address), '') as address,
        country,
        nullif(trim(network_id), '') as network_id,
        upper(lei) as lei,
        upper(isin) as isin,
        upper(vat_id) as vat_id,
        euid,
        duns,
        gln,
        upper(os_id) as os_id,
        gtin
    from {{ ref('int_party_records__sent') }}
),

counted as (
    select
        *,
        count(*) as n_rows,
        sha256(to_json([
            kind, source, own_id, name, address, country, network_id, lei, isin, vat_id, euid, duns, gln, os_id, gtin
        ])) as content_hash
    from sent
    where coalesce(own_id, name) is not null
    group by all
)

select
    'P' || left(content_hash, 16) as record_id,
    * exclude (content_hash)
from counted

{#-
  One certificate and validity period, by the rules of §7 and M4: an unknown end is the issue date plus the longest
  validity the standard allows (flagged), an unknown start covers nothing, a withdrawal takes effect on its date.
-#}
with

entries as (
    select
        *,
        row_number() over (
            partition by certificate_id, status, status_from_date, valid_from_date, valid_to_date
            order by received_at desc, delivery_id desc, row_number desc
        ) as rank_no
    from {{ ref('stg_certification_registry__certificate') }}
    where status not in ('no_certificate', 'not_found')
),

standards as (
    select * from {{ ref('certification_standards') }}
),

entries_filled as (
    select
        *,
        coalesce(valid_from_date, min(valid_from_date) over (partition by certificate_id)) as from_date,
        coalesce(valid_to_date, max(valid_to_date) over (partition by certificate_id)) as to_date,
        case
            when status in ('withdrawn', 'terminated') or withdrawn_date is not null
                then coalesce(withdrawn_date, status_from_date, valid_from_date, retrieved_date)
        end as withdrawal_date
    from entries
    where rank_no = 1
),

withdrawals as (
    select certificate_id, min(withdrawal_date) as withdrawal_date
    from entries_filled
    group by certificate_id
),

periods as (
    select
        certificate_id,
        standard_id,
        from_date as valid_from_date,
        to_date as valid_to_date,
        max(standard_version) as standard_version,
        max(holder_id) as holder_id,
        max(site_id) as site_id,
        max(product_scope) as product_scope,
        max(topic_scope) as topic_scope,
        min(issued_date) as issued_date,
        min(case when status = 'expired' then coalesce(status_from_date, retrieved_date) end) as expired_from_date,
        max(assurance_type) as assurance_type,
        max(accreditation_body) as accreditation_body,
        bool_and(is_recognised_by_registry) as is_recognised_by_registry,
        max(stage_reached) as stage_reached,
        max(stage_count) as stage_count,
        max(validated_date) as validated_date,
        min(match_score) as match_score,
        max(retrieved_date) as retrieved_date,
        min(delivery_id) as delivery_id,
        min(row_number) as row_number
    from entries_filled
    group by certificate_id, standard_id, from_date, to_date
),

ends as (
    select
        p.*,
        s.recognised,
        w.withdrawal_date,
        p.valid_to_date is null as is_end_estimated,
        coalesce(
            p.valid_to_date,
            cast(coalesce(p.issued_date, p.valid_from_date) + s.max_validity_months * interval 1 month as date)
        ) as end_date
    from periods as p
    left join standards as s on p.standard_id = s.standard_id
    left join withdrawals as w on p.certificate_id = w.certificate_id
)

select
    certificate_id, standard_id, standard_version, holder_id, site_id, product_scope, topic_scope, issued_date,
    valid_from_date, valid_to_date, end_date, is_end_estimated and end_date is not null as is_end_estimated,
    withdrawal_date, expired_from_date,
    case when end_date is not null then least(
        end_date,
        coalesce(withdrawal_date - 1, end_date),
        coalesce(expired_from_date - 1, end_date)
    ) end as last_valid_date,
    coalesce(recognised, is_recognised_by_registry, false) as is_recognised,
    assurance_type, accreditation_body, stage_reached, stage_count, validated_date, match_score, retrieved_date,
    delivery_id, row_number
from ends

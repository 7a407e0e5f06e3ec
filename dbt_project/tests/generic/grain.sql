{#- The columns name exactly one row; NULL counts as a value, as it does for a reader. -#}
{% test grain(model, columns) %}
select
    {{ columns | join(',\n    ') }},
    count(*) as rows_found
from {{ model }}
group by
    {{ columns | join(',\n    ') }}
having count(*) > 1
{% endtest %}

{#- The expression holds in every row; NULL fails, so say what NULL means in the expression itself. -#}
{% test expression(model, holds, column_name=none) %}
select *
from {{ model }}
where ({{ holds }}) is not true
{% endtest %}

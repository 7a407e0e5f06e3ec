{#- A share that is there lies between 0 and 1, ends included. -#}
{% test share_between_0_and_1(model, column_name) %}
select {{ column_name }}
from {{ model }}
where {{ column_name }} is not null and not ({{ column_name }} between 0 and 1)
{% endtest %}

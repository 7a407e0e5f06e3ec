{#- No row of `of` is lost on the way: every combination of the columns is found again. -#}
{% test keeps_every_row(model, of, columns) %}
select {{ columns | join(', ') }}
from {{ of }}
except
select {{ columns | join(', ') }}
from {{ model }}
{% endtest %}

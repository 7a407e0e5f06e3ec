-- The calendar that metric tools join on; as a view it costs nothing in a build.
{{ config(materialized='view') }}
select cast(day as date) as date_day
from generate_series(timestamp '1990-01-01', timestamp '2050-12-31', interval 1 day) as series (day)

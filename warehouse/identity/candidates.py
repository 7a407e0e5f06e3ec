"""Which pairs are worth a score: those that share something rare.

A key that many records share (a country's most common word) would cost the square of its records and say nothing, so
it makes no pairs. A missing value makes no key: an empty field never brings two records together nor keeps them apart.
"""

# Records per key; the cost of a build grows with records times this number.
LARGEST_BLOCK = 40


def keys(table: str, largest: int = LARGEST_BLOCK) -> str:
    """Return SQL with `unique_id` and `keys` (list of text) of records with features in `table`."""
    return f"""
        with made as (
            select unique_id, unnest(list_distinct(list_concat(
                ['n' || core, 'p' || left(core, 6) || array_to_string(numbers, '-'), 'w' || plain],
                list_transform(list_filter(tokens, lambda t: length(t) >= 4), lambda t: 't' || t),
                list_transform(list_filter(address_numbers, lambda n: length(n) >= 3), lambda n: 'a' || country || n),
                list_transform(list_filter([place], lambda p: p is not null), lambda p: 'l' || left(p, 12))
            ))) as key, kind
            from {table} where full_name is not null
        ), sized as (
            select unique_id, kind || key as key, count(*) over (partition by kind, key) as n
            from made where key is not null
        )
        select unique_id, list(key order by key) as keys
        from sized where n between 2 and {largest} group by unique_id"""

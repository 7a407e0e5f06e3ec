"""Which cells are withheld so that nobody can compute a sensitive one (see `warehouse/disclosure`)."""


def model(dbt, session):
    """Run the suppression engine over all cells."""
    from warehouse.disclosure.line import pattern_table

    dbt.config(materialized="table")
    return pattern_table(
        dbt.ref("int_benchmark_cells"),
        dbt.ref("int_benchmark_groups"),
        dbt.ref("int_benchmark_hierarchy"),
        dbt.ref("stg_landing__sdc_policy"),
    )

"""Suite of `dim_kpi`: what each indicator means; one row per KPI."""

from expectations.declaration import Suite, one_of, present, unique, within

DIRECTIONS = ("lower", "higher", "target", "context", "state")

SUITE: Suite = (
    unique(("kpi_id",), "Two definitions of one indicator contradict each other."),
    present("kpi_id", "Readers look an indicator up by it."),
    present("kpi_key", "Readers know the indicator by its name."),
    present("kpi_version", "A value can only be recomputed with the version of its formula."),
    present("title", "A table of codes without titles explains nothing."),
    present("formula", "A number whose formula is not given cannot be checked."),
    present("unit", "A number without its unit is no measurement."),
    one_of("direction", DIRECTIONS, "Readers must know which side is better."),
    within("min_coverage", 0, 1, "Coverage is a share of what is in scope."),
)

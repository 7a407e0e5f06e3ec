{{ union_of(kpi_models(), result_columns()) }}

{{ union_of(lineage_models(), lineage_columns()) }}

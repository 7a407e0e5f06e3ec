{#- Inputs of all results that stand on the survey. -#}
{{ union_of(
    ['int_lineage__parts', 'int_lineage__answers', 'int_lineage__ratios', 'int_lineage__decoupling'], lineage_columns()
) }}

"""Who is who: records of many sources become parties.

Checked identifiers speak first, then likelihood (splink on DuckDB, parameters in `model.json`), then people. A pair
has a score, its features and a reason; what is neither sure nor impossible waits for a person.
"""

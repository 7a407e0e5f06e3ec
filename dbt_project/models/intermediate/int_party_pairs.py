"""Which records are one party, and why; see warehouse/identity/matching.py."""

from warehouse.identity.matching import match
from warehouse.identity.model import load_model


def model(dbt, session):
    """Pairs of records with rule, score, features, state and reason; see the YAML beside for the columns."""
    dbt.config(materialized="table")
    records = dbt.ref("int_party_records").df()
    decisions = dbt.ref("stg_landing__party_decision").df()
    pairs = match(records, decisions, load_model())
    text = {name: "string" for name in pairs.columns if name != "score"}
    return pairs.astype({**text, "score": "float64"})

"""Party of each record; see warehouse/identity/uniting.py."""

import pandas as pd

from warehouse.identity.uniting import components


def model(dbt, session):
    """Party, by number, and the weakest link that holds it together; see the YAML beside for the columns."""
    dbt.config(materialized="table")
    records = dbt.ref("int_party_records").df()
    ids = sorted(records["record_id"])
    pairs = dbt.ref("int_party_pairs").df()
    merged = pairs[pairs["state"] == "merged"]
    found = pd.DataFrame({"record_id": ids, "party_no": components(ids, merged["left_id"], merged["right_id"])})
    weakest = merged.merge(found, left_on="left_id", right_on="record_id").groupby("party_no")["score"].min()
    found["weakest_score"] = found["party_no"].map(weakest)
    return found.astype({"record_id": "string", "party_no": "int64", "weakest_score": "float64"})

"""Where a release came from, in the words of lineage tools and archives: OpenLineage and RO-Crate with PROV terms.

For analysts and auditors only: deliveries name their senders.
"""

import uuid
from typing import Any

from warehouse.release.companions.about import About

_LINEAGE = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/definitions/RunEvent"
_PRODUCER = "https://github.com/liefernetz/liefernetz"
_CRATE = "https://w3id.org/ro/crate/1.1"


def openlineage(about: About, run: str, deliveries: list[dict[str, Any]]) -> dict[str, Any]:
    """One finished run: deliveries in, tables of the release out (https://openlineage.io, spec 2-0-2)."""
    space = f"liefernetz://{about.slug}"
    return {
        "eventType": "COMPLETE",
        "eventTime": f"{about.created.isoformat()}T00:00:00Z",
        "producer": _PRODUCER,
        "schemaURL": _LINEAGE,
        "run": {"runId": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{space}/{run}"))},
        "job": {"namespace": space, "name": "release"},
        "inputs": [{"namespace": f"{space}/{d['source']}", "name": d["delivery_id"]} for d in deliveries],
        "outputs": [
            {
                "namespace": f"{space}/{about.version}",
                "name": content.table.name,
                "facets": {
                    "schema": {
                        "_producer": _PRODUCER,
                        "_schemaURL": "https://openlineage.io/spec/facets/1-1-1/SchemaDatasetFacet.json",
                        "fields": [{"name": name, "type": kind} for name, kind in content.types.items()],
                    }
                },
            }
            for content in about.tables
        ],
    }


def ro_crate(about: About, files: list[str], deliveries: list[dict[str, Any]]) -> dict[str, Any]:
    """The release as a research object (https://w3id.org/ro/crate/1.1); deliveries are named, not contained."""
    parts = [{"@id": file} for file in files]
    sources = [{"@id": f"#delivery-{d['delivery_id']}"} for d in deliveries]
    root: dict[str, Any] = {
        "@id": "./", "@type": "Dataset", "name": f"{about.title}, release {about.version}",
        "description": "KPI values with their lineage, and the benchmarks made of them. Not for publication.",
        "datePublished": about.created.isoformat(), "version": about.version, "hasPart": parts,
        "license": about.licence or "not for publication", "isBasedOn": sources,
    }  # fmt: skip
    described = {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "conformsTo": {"@id": _CRATE},
        "about": {"@id": "./"},
    }
    step = {
        "@id": "#build",
        "@type": "CreateAction",
        "name": "build, gate and release",
        "object": sources,
        "result": {"@id": "./"},
    }
    entries = [{"@id": file, "@type": "File", "prov:wasGeneratedBy": {"@id": "#build"}} for file in files]
    inputs = [
        {"@id": f"#delivery-{d['delivery_id']}", "@type": ["CreativeWork", "prov:Entity"], "name": d["file_name"],
         "identifier": f"sha256:{d['sha256']}", "isPartOf": d["source"]}
        for d in deliveries
    ]  # fmt: skip
    context = [f"{_CRATE}/context", {"prov": "http://www.w3.org/ns/prov#"}]
    return {"@context": context, "@graph": [described, root, step, *entries, *inputs]}

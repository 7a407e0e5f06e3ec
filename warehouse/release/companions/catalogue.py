"""Entries for data catalogues and reference managers: DCAT-AP 3 as Turtle, and CITATION.cff 1.2.0."""

from rdflib import DCAT, DCTERMS, FOAF, RDF, SKOS, XSD, Graph, Literal, Namespace, URIRef

from warehouse.release.companions.about import REVISIONS, WARNING, About

_VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
_ADMS = Namespace("http://www.w3.org/ns/adms#")
# Not in the namespace that the library knows: DCAT 3 terms by their address.
_VERSION = URIRef("http://www.w3.org/ns/dcat#version")
_EU = "http://publications.europa.eu/resource/authority/"
_FORMATS = {
    "csv": ("CSV", "text/csv"),
    "parquet": ("PARQUET", "application/vnd.apache.parquet"),
    "xlsx": ("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def dcat(about: About, files: list[str]) -> str:
    """The catalogue, its one data set and a distribution per file, following DCAT-AP 3.0.1."""
    graph = Graph()
    for prefix, space in {"adms": _ADMS, "vcard": _VCARD}.items():
        graph.bind(prefix, space)
    catalogue, dataset, publisher = (URIRef(about.base + part) for part in ("catalogue", "dataset", "publisher"))
    _describe(graph, catalogue, DCAT.Catalog, f"{about.network}: releases", "Releases of the network's benchmarks.")
    _describe(graph, dataset, DCAT.Dataset, about.title, f"{WARNING} {REVISIONS}")
    graph.add((publisher, RDF.type, FOAF.Agent))
    graph.add((publisher, FOAF.name, Literal(about.network, lang="en")))
    for node in (catalogue, dataset):
        graph.add((node, DCTERMS.publisher, publisher))
    graph.add((catalogue, DCAT.dataset, dataset))
    graph.add((dataset, _VERSION, Literal(about.version)))
    graph.add((dataset, DCTERMS.issued, Literal(about.created.isoformat(), datatype=XSD.date)))
    graph.add((dataset, DCTERMS.identifier, Literal(f"{about.slug}:{about.version}")))
    _concept(graph, dataset, DCAT.theme, f"{_EU}data-theme/ENVI", "Environment")
    _concept(graph, dataset, DCAT.theme, f"{_EU}data-theme/ECON", "Economy and finance")
    for file in files:
        _distribution(graph, about, dataset, file)
    return str(graph.serialize(format="turtle"))


def _describe(graph: Graph, node: URIRef, kind: URIRef, title: str, description: str) -> None:
    graph.add((node, RDF.type, kind))
    graph.add((node, DCTERMS.title, Literal(title, lang="en")))
    graph.add((node, DCTERMS.description, Literal(description, lang="en")))


def _concept(graph: Graph, node: URIRef, relation: URIRef, address: str, label: str) -> None:
    """Name a controlled concept together with its type, as the shapes of the profile ask for."""
    graph.add((node, relation, URIRef(address)))
    graph.add((URIRef(address), RDF.type, SKOS.Concept))
    graph.add((URIRef(address), SKOS.prefLabel, Literal(label, lang="en")))


def _distribution(graph: Graph, about: About, dataset: URIRef, file: str) -> None:
    label, media = _FORMATS[file.rsplit(".", 1)[1]]
    node, address = URIRef(f"{about.base}distribution/{file}"), URIRef(about.base + file)
    graph.add((dataset, DCAT.distribution, node))
    _describe(graph, node, DCAT.Distribution, file, f"{file} of release {about.version}")
    for relation in (DCAT.accessURL, DCAT.downloadURL):
        graph.add((node, relation, address))
    file_type, media_type = (
        URIRef(f"{_EU}file-type/{label}"),
        URIRef(f"https://www.iana.org/assignments/media-types/{media}"),
    )
    graph.add((node, DCTERMS.format, file_type))
    graph.add((file_type, RDF.type, DCTERMS.MediaTypeOrExtent))
    graph.add((node, DCAT.mediaType, media_type))
    graph.add((media_type, RDF.type, DCTERMS.MediaType))
    if about.licence:
        licence = URIRef(f"https://spdx.org/licenses/{about.licence}")
        graph.add((node, DCTERMS.license, licence))
        graph.add((licence, RDF.type, DCTERMS.LicenseDocument))


def citation(about: About) -> dict[str, object]:
    """The entry of CITATION.cff for a data set (https://citation-file-format.github.io)."""
    entry: dict[str, object] = {
        "cff-version": "1.2.0",
        "message": "Please cite the release that you used, with its version.",
        "type": "dataset",
        "title": about.title,
        "version": about.version,
        "date-released": about.created.isoformat(),
        "authors": [{"name": about.network}],
    }
    if about.licence:
        entry["license"] = about.licence
    if about.public_url:
        entry["url"] = about.base
    return entry

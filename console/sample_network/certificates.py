"""Register snapshots of certificates: valid, suspended, withdrawn, expired and searched without a finding."""

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from random import Random

from console.sample_network import planted_facts as facts
from console.sample_network.chance import stream
from console.sample_network.companies import Company
from console.sample_network.planted_facts import PlantedCertificate
from console.sample_network.writing import Row, write_csv

COLUMNS = (
    "certificate_id",
    "standard_id",
    "standard_version",
    "holder_id",
    "holder_name",
    "holder_country",
    "site_id",
    "product_scope",
    "topic_scope",
    "issued_at",
    "valid_from",
    "valid_to",
    "status",
    "status_from",
    "status_to",
    "withdrawn_at",
    "assurance_type",
    "accreditation_body",
    "recognised_flag",
    "stage_reached",
    "stage_count",
    "validated_at",
    "match_score",
    "retrieved_at",
)
# Identifiers of real standards, each with a validity of three years; holders and certificates are invented.
STANDARDS = ("SA8000", "ISO14001", "ISO45001", "ISO50001")
PLANTED_STANDARD = "SA8000"
VALID_DAYS = 1_095
UNMATCHED_SHARE = 0.04


def issue_certificates(companies: list[Company], seed: int) -> list[tuple[str, PlantedCertificate]]:
    """Draw the certificates of all matched companies as pairs of standard and certificate."""
    rng = stream(seed, "certificates")
    fixed = {certificate.holder for certificate in facts.CERTIFICATES} | set(facts.WITHOUT_CERTIFICATE)
    drawn = [(PLANTED_STANDARD, certificate) for certificate in facts.CERTIFICATES]
    for company in companies:
        if company.company_id not in fixed:
            standards = rng.sample(STANDARDS, rng.choice((0, 0, 1, 1, 2)))
            drawn.extend((standard, _draw(company.company_id, rng)) for standard in standards)
    return drawn


def write_snapshot(
    path: Path, companies: list[Company], issued: list[tuple[str, PlantedCertificate]], retrieved: date, seed: int
) -> Path:
    """Write what the register knew on one day: a row per certificate and status interval."""
    names = {company.company_id: company for company in companies}
    rows = [
        {**_holder(names[certificate.holder]), **row, "retrieved_at": retrieved}
        for place, (standard, certificate) in enumerate(issued, start=1)
        if certificate.valid_from <= retrieved
        for row in _intervals(f"SYN-{place:04}", standard, certificate, retrieved)
    ]
    rows += [{**row, "retrieved_at": retrieved} for row in _not_found(companies, issued, seed)]
    return write_csv(path, COLUMNS, rows)


def _draw(holder: str, rng: Random) -> PlantedCertificate:
    start = date(2021, 1, 1) + timedelta(days=rng.randrange(1_700))
    end = start + timedelta(days=VALID_DAYS)
    kind = rng.random()
    day = start + timedelta(days=rng.randrange(200, 900))
    if kind < 0.05:
        return PlantedCertificate(holder, start, end, withdrawn=day)
    if kind < 0.12:
        return PlantedCertificate(holder, start, end, (day, day + timedelta(days=rng.randrange(20, 90))))
    return PlantedCertificate(holder, start, end)


def _intervals(certificate_id: str, standard: str, certificate: PlantedCertificate, retrieved: date) -> Iterable[Row]:
    base: dict[str, str | int | date | None] = {
        "certificate_id": certificate_id,
        "standard_id": standard,
        "standard_version": "1",
        "issued_at": certificate.valid_from,
        "valid_from": certificate.valid_from,
        "valid_to": certificate.valid_to,
        "assurance_type": "third_party",
        "accreditation_body": "synthetic accreditation",
        "recognised_flag": "true",
        "stage_reached": 2,
        "stage_count": 3,
        "validated_at": certificate.valid_from,
    }
    yield {**base, "status": "valid", "status_from": certificate.valid_from}
    if certificate.suspended and certificate.suspended[0] <= retrieved:
        start, end = certificate.suspended
        yield {**base, "status": "suspended", "status_from": start, "status_to": end}
    if certificate.withdrawn and certificate.withdrawn <= retrieved:
        day = certificate.withdrawn
        yield {**base, "status": "withdrawn", "status_from": day, "withdrawn_at": day}
    elif certificate.valid_to < retrieved:
        yield {**base, "status": "expired", "status_from": certificate.valid_to + timedelta(days=1)}


def _not_found(companies: list[Company], issued: list[tuple[str, PlantedCertificate]], seed: int) -> Iterable[Row]:
    """A matched company without a record is known to be uncertified; an unmatched one has no row at all."""
    rng = stream(seed, "matching")
    holders = {certificate.holder for _, certificate in issued}
    for company in companies:
        if company.company_id in holders:
            continue
        if company.company_id in facts.WITHOUT_CERTIFICATE or rng.random() > UNMATCHED_SHARE * 2.5:
            yield {
                **_holder(company),
                "certificate_id": f"NONE-{company.company_id}",
                "standard_id": "NO_RECORD",
                "status": "no_certificate",
            }


def _holder(company: Company) -> dict[str, str]:
    return {
        "holder_id": company.company_id,
        "holder_name": company.name,
        "holder_country": company.country,
        "match_score": "1",
    }

"""Footprints and twins as their senders write them: PACT documents of editions 2.3 and 3.0, a Catena-X container."""

from uuid import UUID, uuid5

from console.sample_network.chance import stream
from console.sample_network.companies import Company
from console.sample_network.writing import LABEL, number

_SPACE = UUID("6f2d7c1e-0000-4000-8000-000000000000")
_BOM = "urn:samm:io.catenax.single_level_bom_as_planned:3.0.0#SingleLevelBomAsPlanned"
_PART = "urn:samm:io.catenax.part_as_planned:2.0.0#PartAsPlanned"
_CONTAINER = "https://catenax.io/schema/TestDataContainer/1.0.0"
# Declared units that the value of an edition 3.0 document is for.
AMOUNT = 25
Document = dict[str, object]


def pact_document(place: int, product: str, company: Company, is_new: bool, seed: int) -> Document:
    """Write the footprint of one product in edition 3.0, or in edition 2.3 per unit."""
    rng = stream(seed, "declared", product)
    value = rng.uniform(2, 6)
    return {
        "id": str(uuid5(_SPACE, product)), "specVersion": "3.0.1" if is_new else "2.3.0", "version": 1,
        "status": "Active", "created": "2024-03-01T00:00:00Z", "companyName": company.name,
        "companyIds": [f"urn:pact:company:customcode:buyer-assigned:{company.company_id}"],
        "productDescription": LABEL, "productNameCompany": f"Synthetic {product}",
        "productIds": [f"urn:pact:product:customcode:buyer-assigned:{product}"], "comment": LABEL,
        "validityPeriodStart": "2024-01-01T00:00:00Z", "validityPeriodEnd": "2026-12-31T00:00:00Z",
        "pcf": _new(value, place) if is_new else _old(value, place),
    }  # fmt: skip


def _new(value: float, place: int) -> Document:
    total, uptake = round(value * AMOUNT, 2), -1.25
    return {
        "declaredUnitOfMeasurement": "kilogram", "declaredUnitAmount": str(AMOUNT),
        "productMassPerDeclaredUnit": str(AMOUNT),
        "pcfExcludingBiogenicUptake": number(total), "pcfIncludingBiogenicUptake": number(total + uptake),
        "biogenicCO2Uptake": number(uptake), "primaryDataShare": str(40 + 5 * place),
        "dqi": {"technologicalDQR": "2.0", "temporalDQR": "1.5", "geographicalDQR": "3.0"}, **_period(),
    }  # fmt: skip


def _old(value: float, place: int) -> Document:
    # Half of these suppliers do not say how much of their footprint they measured.
    share: Document = {} if place % 12 < 6 else {"primaryDataShare": 35.0}
    ratings = {"technologicalDQR": 1.5, "temporalDQR": 2.0, "geographicalDQR": 1.0, "completenessDQR": 2.0,
               "reliabilityDQR": 2.5}  # fmt: skip
    return {
        "declaredUnit": "kilogram", "unitaryProductAmount": str(AMOUNT), "pCfExcludingBiogenic": number(value),
        "exemptedEmissionsPercent": 0.0, "dqi": {"coveragePercent": 92, **ratings}, **share, **_period(),
    }  # fmt: skip


def _period() -> Document:
    return {"referencePeriodStart": "2023-01-01T00:00:00Z", "referencePeriodEnd": "2024-01-01T00:00:00Z"}


def twin_document(product: str, part: str) -> Document:
    """Write the twins of one product and its input; names of parts are the products that the survey knows."""
    twins = {name: f"urn:uuid:{uuid5(_SPACE, f'twin {name}')}" for name in (product, part)}
    edge = {
        "catenaXId": twins[part], "businessPartner": "BPNL0000SYNTHET2",
        "quantity": {"unit": "unit:kilogram", "value": 1.15}, "createdOn": "2024-01-10T00:00:00Z",
        "validityPeriod": {"validFrom": "2024-01-01T00:00:00Z", "validTo": "2026-12-31T00:00:00Z"},
    }  # fmt: skip
    described: list[Document] = [
        {
            "catenaXId": twin, "bpnl": partner,
            _PART: [{
                "catenaXId": twin, "partTypeInformation": {"manufacturerPartId": name, "nameAtManufacturer": LABEL},
            }],
        }
        for (name, twin), partner in zip(twins.items(), ("BPNL0000SYNTHET1", "BPNL0000SYNTHET2"), strict=True)
    ]  # fmt: skip
    described[0][_BOM] = [{"catenaXId": twins[product], "childItems": [edge]}]
    return {"policies": {}, _CONTAINER: described}

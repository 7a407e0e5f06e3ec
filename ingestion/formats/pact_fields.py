"""Which words of the PACT specifications fill which column, and which words belong to one edition only."""

HEAD = {
    "footprint_id": ("id",),
    "footprint_version": ("version",),
    "created_at": ("created",),
    "updated_at": ("updated",),
    "status": ("status",),
    "status_comment": ("statusComment",),
    "validity_start_at": ("validityPeriodStart",),
    "validity_end_at": ("validityPeriodEnd",),
    "preceding_ids": ("precedingPfIds",),
    "company_name": ("companyName",),
    "company_ids": ("companyIds",),
    "product_name": ("productNameCompany",),
    "product_description": ("productDescription",),
    "product_ids": ("productIds",),
    "product_category_cpc": ("productCategoryCpc",),
    "product_classifications": ("productClassifications",),
}
PCF = {
    "declared_unit": (
        "declaredUnit",
        "declaredUnitOfMeasurement",
    ),
    "unitary_product_amount": ("unitaryProductAmount",),
    "declared_unit_amount": ("declaredUnitAmount",),
    "product_mass_kg": ("productMassPerDeclaredUnit",),
    "pcf_excluding_biogenic": (
        "pCfExcludingBiogenic",
        "pcfExcludingBiogenicUptake",
    ),
    "pcf_including_biogenic": (
        "pCfIncludingBiogenic",
        "pcfIncludingBiogenicUptake",
    ),
    "fossil_emissions": ("fossilGhgEmissions",),
    "biogenic_uptake": (
        "biogenicCarbonWithdrawal",
        "biogenicCO2Uptake",
    ),
    "biogenic_other_emissions": (
        "otherBiogenicGhgEmissions",
        "biogenicNonCO2Emissions",
    ),
    "land_use_change_emissions": (
        "dLucGhgEmissions",
        "landUseChangeGhgEmissions",
    ),
    "indirect_land_use_change_emissions": ("iLucGhgEmissions",),
    "land_management_emissions": ("landManagementGhgEmissions",),
    "land_management_fossil_emissions": ("landManagementFossilGhgEmissions",),
    "land_management_biogenic_emissions": ("landManagementBiogenicCO2Emissions",),
    "land_management_biogenic_removals": ("landManagementBiogenicCO2Removals",),
    "aircraft_emissions": ("aircraftGhgEmissions",),
    "packaging_emissions": ("packagingGhgEmissions",),
    "outbound_logistics_emissions": ("outboundLogisticsGhgEmissions",),
    "fossil_carbon_content": ("fossilCarbonContent",),
    "biogenic_carbon_content": ("biogenicCarbonContent",),
    "carbon_content": ("carbonContent",),
    "period_start_at": (
        "referencePeriodStart",
        "reportingPeriodStart",
    ),
    "period_end_at": (
        "referencePeriodEnd",
        "reportingPeriodEnd",
    ),
    "geography_country": ("geographyCountry",),
    "geography_subdivision": ("geographyCountrySubdivision",),
    "geography_region": ("geographyRegionOrSubregion",),
    "boundary_description": ("boundaryProcessesDescription",),
    "characterization_factors": (
        "characterizationFactors",
        "ipccCharacterizationFactors",
        "ipccCharacterizationFactorsSources",
    ),
    "cross_sectoral_standards": (
        "crossSectoralStandards",
        "crossSectoralStandardsUsed",
    ),
    "sector_rules": ("productOrSectorSpecificRules",),
    "allocation_rules": ("allocationRulesDescription",),
    "secondary_factor_sources": ("secondaryEmissionFactorSources",),
    "exempted_emissions_percent": ("exemptedEmissionsPercent",),
    "is_packaging_included": ("packagingEmissionsIncluded",),
    "primary_data_share_percent": ("primaryDataShare",),
}
RATINGS = {
    "dqr_coverage_percent": ("coveragePercent",),
    "dqr_technological": ("technologicalDQR",),
    "dqr_temporal": ("temporalDQR",),
    "dqr_geographical": ("geographicalDQR",),
    "dqr_completeness": ("completenessDQR",),
    "dqr_reliability": ("reliabilityDQR",),
}
VERIFICATION = {
    "is_assured": ("assurance",),
    "assurance_coverage": ("coverage",),
    "assurance_level": ("level",),
    "assurance_boundary": ("boundary",),
    "assurance_provider": ("providerName",),
    "assurance_completed_at": ("completedAt",),
    "assurance_standard": ("standardName",),
    "assurance_comment": ("comments",),
}
MOMENTS = tuple(name for name in (*HEAD, *PCF, *VERIFICATION) if name.endswith("_at"))
_OLD = frozenset(("declaredUnit", "unitaryProductAmount", "pCfExcludingBiogenic", "pCfIncludingBiogenic"))
ONLY_IN = {
    "1": _OLD | {"reportingPeriodStart", "reportingPeriodEnd"},
    "2": _OLD,
    "3": frozenset((
        "declaredUnitOfMeasurement", "declaredUnitAmount", "pcfExcludingBiogenicUptake", "pcfIncludingBiogenicUptake",
        "productMassPerDeclaredUnit",
    )),
}  # fmt: skip

"""Exchange rates, deflators and emission factors, from the network office, yearly, each row naming its publisher.

Arrives as three CSV formats told apart by their columns. Odd: a factor counts only with its edition, and a
spend-based factor only with its price year.
"""

from ingestion.reader import Reader, RowRule

READER = Reader(
    rules=(
        RowRule(
            "fx_rates", "out_of_range", "eur_per_unit", "eur_per_unit = 0",
            "an exchange rate of zero", "give the euros that one unit of the currency is worth",
        ),
        RowRule(
            "emission_factors", "missing_value", "price_year", "factor_kind = 'spend' and price_year is null",
            "a spend-based factor without the year of its prices", "add price_year",
        ),
    )
)  # fmt: skip

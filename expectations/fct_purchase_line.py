"""Suite of `fct_purchase_line`: purchases in the network; one row per line of a buyer."""

from expectations.declaration import WARNING, Suite, finite, known_delivery, never, present

SUITE: Suite = (
    present("buyer_id", "A purchase has a buyer."),
    present("supplier_id", "A purchase has a supplier."),
    present("year", "A purchase belongs to a period."),
    present("spend_eur", "Shares are weighted by it; without a rate a line counts as nothing.", WARNING),
    finite("spend_eur", "NaN and infinity come from unguarded divisions."),
    finite("fx_rate", "NaN and infinity come from unguarded divisions."),
    never("rate_is_positive", "fx_rate <= 0", "A rate of zero or below turns spend into nothing."),
    never("mass_is_plausible", "mass_t < 0", "A mass is never negative."),
    never("hs_keeps_its_zeros", "length(hs6) <> 6", "A code without its leading zero is another product."),
    present("delivery_id", "Every row leads to a delivery."),
    known_delivery("r.buyer_id, r.delivery_id"),
)

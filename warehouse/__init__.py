"""Where is it? Paths, ledger, landing zone, candidate, release."""

"""A hostile corpus: odd and malicious deliveries by family, from a seed, each with what must become of it."""

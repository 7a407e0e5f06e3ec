"""How do I drive it by hand? The `liefernetz` command: thin, one call into a room per verb."""

"""One declaration (`.yml`) and one reader (`.py`) per source; sources never import each other."""

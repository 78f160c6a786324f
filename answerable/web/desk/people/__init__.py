"""Who holds which role, and who speaks for which organisation."""

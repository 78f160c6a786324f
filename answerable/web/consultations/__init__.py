"""Pages of consultations: what is asked, what was said, what came of it."""

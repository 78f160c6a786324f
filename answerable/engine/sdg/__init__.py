"""Propose which Sustainable Development Goals and targets a text speaks of, with the phrases that say so."""

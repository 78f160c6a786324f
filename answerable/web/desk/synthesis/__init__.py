"""The rapporteur's desk: runs, themes, findings, recommendations, the report."""

"""Turn texts into vectors whose cosine says how much two texts have in common."""

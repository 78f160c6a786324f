"""Moderating: the queue, objections, figures, weekly summaries."""

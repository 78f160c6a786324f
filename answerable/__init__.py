"""Answerable: public consultations where every contribution gets an answer and every promise is answered for."""

__version__ = "0.1.0"

"""Checks of what is promised; laid out as the code is."""

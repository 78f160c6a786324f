"""The model consultation in our own words, and its loader."""

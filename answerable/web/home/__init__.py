"""The start page, and the pages that explain."""

"""The faces for machines: API and files."""

"""The faces for people: pages."""

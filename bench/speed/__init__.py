"""How the cost of a synthesis grows with the number of contributions."""

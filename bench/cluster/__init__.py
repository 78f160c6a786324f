"""How a synthesis scales with the number of processes."""

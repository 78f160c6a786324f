"""How fast a file of contributions is brought in."""

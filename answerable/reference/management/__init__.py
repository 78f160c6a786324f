"""What an operator can do with this room from a terminal."""

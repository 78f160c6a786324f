"""The two commands, as far as they can be tried without installing anything."""

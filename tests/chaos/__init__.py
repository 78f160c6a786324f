"""What happens when the machine or somebody with its passwords does the worst."""

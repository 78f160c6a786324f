"""What a page costs, as multiples of a bare view that asks the database once."""

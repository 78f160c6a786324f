"""What imports do not show."""

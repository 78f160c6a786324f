"""Goals, targets, countries, sectors: the words everyone shares."""

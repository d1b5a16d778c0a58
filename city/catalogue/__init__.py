"""The catalogue: the forms that the city publishes to its kiosks, signed."""

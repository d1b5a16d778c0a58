"""The virtual card at APDU level, its personas, its throw-away authority and its pcscd stack."""

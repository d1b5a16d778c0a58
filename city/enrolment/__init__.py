"""How a new kiosk gets its certificate: a code that is good once, for a key that the kiosk has made itself."""

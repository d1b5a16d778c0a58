"""Making a machine this city's kiosk: a signed file on a USB stick, checked whole, applied whole or not at all."""

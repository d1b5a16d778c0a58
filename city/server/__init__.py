"""gunicorn with two doors: mutual TLS for kiosks, loopback or plain TLS for staff."""

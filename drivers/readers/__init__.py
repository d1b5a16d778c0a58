"""Readers behind one protocol: PC/SC and NFC."""

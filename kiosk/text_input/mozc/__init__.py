"""Kana to kanji by Debian's mozc-server: its wire format, its process, and the helper that keeps both for the kiosk."""

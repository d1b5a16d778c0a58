"""Kana, Latin and digit entry."""

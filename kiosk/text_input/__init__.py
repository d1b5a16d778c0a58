"""What happens when a citizen types: kana, Latin letters, digits and dates, without a screen."""

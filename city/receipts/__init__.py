"""The city's word to the citizen: numbers that people can read to each other, receipts that kiosks can check."""

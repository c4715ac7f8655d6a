"""From data/raw, which people edit, to the tables."""

"""Make the tables from data/raw, which people edit."""

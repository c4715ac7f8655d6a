"""The release tree: made from the tables, read back, checked and compared."""

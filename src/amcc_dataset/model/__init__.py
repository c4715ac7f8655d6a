"""What the data are: vocabularies, tables, cells, and the schemas derived from them."""

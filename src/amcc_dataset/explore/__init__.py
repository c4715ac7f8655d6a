"""Everything on one page for the browser."""
